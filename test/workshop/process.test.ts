import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { type Place, placeFor, type Running, run } from '../reliability/service.ts';
import type { Closing } from '../setting/database.ts';
import { onDesk, prepareClass } from './room.ts';

/** The program as a trainer starts it, on this machine alone. */
async function start(
  t: Closing,
  place: Place,
  ...options: string[]
): Promise<Running & { readonly pin: string }> {
  const running = run(t, ['atelier', ...options], { ...place.env, HOST: '127.0.0.1', LANG: 'fr_FR.UTF-8' });
  for (let tries = 0; tries < 600; tries += 1) {
    const pin = /Code du formateur +(\d{3}) (\d{3})/.exec(running.out());
    if (pin) return { ...running, pin: `${pin[1]}${pin[2]}` };
    if (running.child.exitCode !== null) break;
    await wait(50);
  }
  throw new Error(running.err());
}

test('a class goes on after its laptop slept and its program was killed', async (t) => {
  const place = await placeFor(t);
  const { origin, folder } = place;
  let running = await start(t, place);
  const { pin } = running;
  assert.match(running.out(), new RegExp(`s’ouvre, pour cet ordinateur[\\s\\S]*${origin}/atelier`));
  const { trainer, board, code } = await prepareClass({
    ...running,
    origin,
    log: [],
    folder: join(folder, 'atelier'),
    restart: async () => {},
  });
  const { learner, desk } = await sits(origin, code);

  running.child.kill('SIGSTOP');
  await wait(300);
  running.child.kill('SIGCONT');
  const person = onDesk(desk, 'Numéro de sécurité sociale');
  assert.equal(
    onDesk((await opened(learner, workshopPaths.seat)).html, 'Numéro de sécurité sociale'),
    person,
  );

  await running.end('SIGKILL');
  running = await start(t, place);
  assert.equal(running.pin, pin);
  assert.equal((await trainer.get(board)).status, 200);
  const again = await opened(learner, workshopPaths.seat);
  assert.match(again.html, /Bonjour Lucie/);
  assert.equal(onDesk(again.html, 'Numéro de sécurité sociale'), person);

  const second = run(t, ['atelier', '--port', '0'], { ...place.env, HOST: '127.0.0.1', LANG: 'fr' });
  assert.equal(await second.ended, 1);
  assert.match(second.err(), /Un atelier tourne déjà dans le dossier/);
  const elsewhere = run(t, ['atelier', '--local'], {
    ...place.env,
    DATA_DIR: join(folder, 'autre'),
    LANG: 'fr',
  });
  assert.equal(await elsewhere.ended, 1);
  assert.match(elsewhere.err(), /est déjà pris.*--port 3100/);
  await running.end('SIGTERM');

  // A folder that nobody can read takes no other class down.
  mkdirSync(join(folder, 'atelier', '0badc1a5'));
  writeFileSync(join(folder, 'atelier', '0badc1a5', 'journal.ndjson'), '{"kind":"nonsense"}\n');
  running = await start(t, place);
  const list = await trainer.get(workshopPaths.classes);
  assert.match(list.html, /Médiathèque, mardi/);
  assert.match(list.html, /Une classe ne s’ouvre pas/);
  await trainer.post(workshopPaths.classes, { action: 'effacer', classe: '0badc1a5' });
  assert.doesNotMatch((await trainer.get(workshopPaths.classes)).html, /Une classe ne s’ouvre pas/);
  assert.equal((await opened(learner, workshopPaths.seat)).status, 200);
});

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
  await start(t, place);
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

/** A page of a class, once the class is open. */
async function opened(browser: Browser, path: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await browser.get(path);
    if (answer.status !== 503) return answer;
    assert.match(answer.html, /Votre classe s’ouvre/);
    await wait(200);
  }
  throw new Error('The class never opened');
}

async function sits(origin: string, code: string) {
  const learner = new Browser(origin);
  await learner.get(workshopPaths.join);
  assert.equal(
    (await learner.post(workshopPaths.join, { code, prenom: 'Lucie' })).location,
    workshopPaths.seat,
  );
  return { learner, desk: (await opened(learner, workshopPaths.seat)).html };
}
