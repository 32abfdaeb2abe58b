import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { depotRoot } from '#src/depot/api/endpoint.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import { freePort } from '../../scripts/free-port.ts';
import { lastFirst } from '../setting/database.ts';
import { goodPassword, identityOf, proofOf } from '../steps.ts';
import { Browser } from './browser.ts';
import { enrolThrough, ordinaryPeople } from './enrolment.ts';
import { databaseFor, inTheDatabase } from './place-database.ts';
import { placeFor, run, start, withoutSimulator } from './service.ts';

// One installation for the whole story: making one takes longer than all the rest.
const closing = lastFirst({ after });
const depotPort = String(await freePort());
const settings = { ...withoutSimulator, DEPOT_PORT: depotPort };
const place = await placeFor(closing, { ...(await databaseFor(closing)), ...settings });

// Slow hashes, one at a time: requests are under way for longer than a moment when the signal comes.
const slow = { HASH_MEMORY_KIB: '65536', HASH_PASSES: '3' };
const choice = { motDePasse: goodPassword, confirmation: goodPassword };

/** A browser that has reached the password page. */
async function beforeThePassword(person: Parameters<typeof identityOf>[0]): Promise<Browser> {
  const browser = new Browser(place.origin);
  const forms = [
    [paths.identity, identityOf(person)],
    [paths.proof, proofOf(person)],
    [paths.terms, { accord: 'oui' }],
  ] as const;
  for (const [path, fields] of forms) {
    await browser.get(path);
    assert.equal((await browser.post(path, fields)).status, 303, path);
  }
  await browser.get(paths.password);
  return browser;
}

test('a demo that is killed and stopped again and again is complete, answers everybody, and loses nothing', async (t) => {
  for (const milliseconds of [300, 700, 1_100, 1_500]) {
    const starting = run(closing, ['start'], place.env);
    await wait(milliseconds * (0.8 + Math.random() * 0.4));
    await starting.end('SIGKILL');
  }
  const server = await start(closing, { ...place, env: { ...place.env, ...slow } });

  await t.test('after kills during its first start, everything is there', async () => {
    const owner = demoPersons().find(({ account }) => account?.status === 'open');
    const browser = new Browser(place.origin);
    await browser.get(paths.signIn);
    const fields = { nir: owner?.line.nir ?? '', motDePasse: demoPassword };
    assert.equal((await browser.post(paths.signIn, fields)).location, paths.account);
    const somebody = ordinaryPeople().at(-1);
    assert.ok(somebody);
    await enrolThrough(new Browser(place.origin), somebody, 'tout-neuf@exemple.fr');
  });

  const description = `http://127.0.0.1:${depotPort}${depotRoot}/openapi.json`;
  await t.test('senders have a port of their own, and nothing on that of people', async () => {
    assert.equal((await fetch(description)).status, 200);
    assert.equal((await fetch(`${place.origin}${depotRoot}/openapi.json`)).status, 404);
    assert.equal((await fetch(`http://127.0.0.1:${depotPort}${paths.home}`)).status, 404);
  });

  const browsers = await Promise.all(ordinaryPeople().slice(0, 6).map(beforeThePassword));
  await t.test('SIGTERM under load: all requests are answered, the exit code is 0', async () => {
    const sent = browsers.map((browser) => browser.post(paths.password, choice));
    await Promise.race(sent);
    const stopping = server.end('SIGTERM');
    for (const { status, location } of await Promise.all(sent))
      assert.deepEqual({ status, location }, { status: 303, location: paths.contact });
    assert.equal(await stopping, 0, server.err());
    await assert.rejects(fetch(place.origin), 'nobody is there any more');
    await assert.rejects(fetch(description), 'nor for senders');
    await inTheDatabase(place, async ({ db }) => {
      const insured = await db.selectFrom('insured').select('person_key').execute();
      assert.equal(insured.length, demoPersons().length);
      const accounts = await db.selectFrom('account').select('person_key').execute();
      assert.equal(accounts.length, demoPersons().filter(({ account }) => account !== null).length + 1);
    });
  });

  await t.test('SIGTERM during the start stops the process', async () => {
    const starting = run(closing, ['start'], place.env);
    await wait(600);
    const code = await starting.end('SIGTERM');
    // Before the program listens for the signal, Node itself ends it.
    assert.ok(code === 0 || code === null, `exit code ${code}: ${starting.err()}`);
  });

  const next = await start(closing, place);
  await t.test('everybody goes on, and nobody else opens the folder', async () => {
    for (const browser of browsers) assert.equal((await browser.get(paths.contact)).status, 200);
    if (place.env.DEMO_DATABASE_URL) return;
    const second = run(closing, ['start'], { ...place.env, PORT: '0' });
    assert.equal(await second.ended, 1);
    assert.match(second.err(), /is in use by another process/);
    assert.equal(
      (await fetch(`${place.origin}/connexion`)).status,
      200,
      'the first user of the folder goes on',
    );
  });
  assert.equal(await next.end('SIGINT'), 0);
});
