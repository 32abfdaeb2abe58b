import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { goodPassword, identityOf, proofOf } from '../steps.ts';
import { Browser } from './browser.ts';
import { ordinaryPeople } from './enrolment.ts';
import { databaseFor } from './place-database.ts';
import { lastFirst, placeFor, run, start } from './service.ts';

const choice = { motDePasse: goodPassword, confirmation: goodPassword };

test('told to stop under requests: all of them are answered, the exit code is 0, and nothing is lost', async (t) => {
  const closing = lastFirst(t);
  // Slow hashes, one at a time: the requests are under way for longer than a moment.
  const slow = { HASH_MEMORY_KIB: '65536', HASH_PASSES: '3', SHUTDOWN_SECONDS: '60' };
  const place = await placeFor(closing, { ...(await databaseFor(closing)), ...slow });
  const server = await start(closing, place);
  const browsers = await Promise.all(
    ordinaryPeople()
      .slice(0, 6)
      .map(async (person) => {
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
      }),
  );
  const sent = browsers.map((browser) => browser.post(paths.password, choice));
  await Promise.race(sent);
  const stopping = server.end('SIGTERM');
  for (const { status, location } of await Promise.all(sent))
    assert.deepEqual({ status, location }, { status: 303, location: paths.contact });
  assert.equal(await stopping, 0, server.err());
  await assert.rejects(fetch(place.origin), 'nobody is there any more');

  await start(closing, place);
  for (const browser of browsers) assert.equal((await browser.get(paths.contact)).status, 200);
});

test('told to stop while it starts, it stops', async (t) => {
  const closing = lastFirst(t);
  const place = await placeFor(closing, await databaseFor(closing));
  const starting = run(closing, ['start'], place.env);
  await wait(900);
  const code = await starting.end('SIGTERM');
  // Before the program listens for the signal, Node itself ends it.
  assert.ok(code === 0 || code === null, `exit code ${code}: ${starting.err()}`);
  const server = await start(closing, place);
  assert.equal(await server.end('SIGINT'), 0);
});
