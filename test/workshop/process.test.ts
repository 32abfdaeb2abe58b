import assert from 'node:assert/strict';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { placeFor, run } from '../reliability/service.ts';
import { startWorkshop } from './program.ts';

test('a workshop is never production, and says why it does not start', async (t) => {
  const place = await placeFor(t);
  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ MODE: 'production' }, /MODE: a workshop holds invented people only/],
    [{ MASTER_KEYS: '1:x' }, /MASTER_KEYS: belongs to production/],
    [{ DATABASE_URL: 'mysql://db/compte' }, /\n {2}DATABASE_URL: must be an address/],
    [{ LEGAL_BASIS: 'décret n° 2019-341' }, /LEGAL_BASIS: belongs to production/],
    [{ PUBLIC_URL: 'https://compte.example.fr' }, /PUBLIC_URL: is no setting of a workshop/],
    [{ DEMO_DATABASE_URL: 'postgres://127.0.0.1/demo' }, /DEMO_DATABASE_URL: is no setting/],
  ];
  for (const [env, why] of refusals) {
    const refused = run(t, ['atelier', '--local'], { ...place.env, ...env });
    assert.equal(await refused.ended, 78);
    assert.match(refused.err(), why);
  }
  const nowhere = run(t, ['atelier'], { ...place.env, HOST: '203.0.113.7', LANG: 'fr' });
  assert.equal(await nowhere.ended, 1);
  assert.match(nowhere.err(), /n’a pas l’adresse 203\.0\.113\.7/);
});

test('only this machine’s names are answered, whatever a page of another site sends', async (t) => {
  const place = await placeFor(t);
  await startWorkshop(t, place);
  const asks = async (host: string, headers: Record<string, string> = {}): Promise<number> => {
    return new Promise((resolve, reject) => {
      const asked = request({
        port: place.port,
        host: '127.0.0.1',
        path: '/atelier',
        headers: { host, ...headers },
      });
      asked.once('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.once('error', reject);
      asked.end();
    });
  };
  const own = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address, family }) => (family === 'IPv4' ? address : '127.0.0.1')),
  );
  for (const host of ['localhost', ...own]) assert.equal(await asks(`${host}:${place.port}`), 200, host);
  for (const host of ['8.8.8.8', 'pirate.example', '0.0.0.0']) assert.equal(await asks(host), 421, host);
  const stranger = new Browser(place.origin);
  const page = await stranger.get(workshopPaths.trainer);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const foreign = await fetch(`${place.origin}${workshopPaths.trainer}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: 'http://192.168.1.66', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ _csrf: csrf, pin: '000000' }),
  });
  assert.equal(foreign.status, 403);
  assert.match(foreign.headers.get('content-security-policy') ?? '', /default-src 'none'/);
});
