import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { demoPersons } from '#src/register/fictitious/demo-register.ts';
import { demoPassword } from '#src/register/fictitious/person.ts';
import { Browser } from './browser.ts';
import { enrolThrough, ordinaryPeople } from './enrolment.ts';
import { databaseFor, inTheDatabase } from './place-database.ts';
import { lastFirst, placeFor, run, start } from './service.ts';

test('killed again and again during its first start, the demo is whole after the next one', async (t) => {
  const closing = lastFirst(t);
  const place = await placeFor(closing, await databaseFor(closing));
  for (const milliseconds of [250, 500, 800, 1_100, 1_400, 1_700]) {
    const starting = run(closing, ['start'], place.env);
    await wait(milliseconds * (0.8 + Math.random() * 0.4));
    await starting.end('SIGKILL');
  }
  const server = await start(closing, place);
  const owner = demoPersons().find(({ account }) => account?.status === 'open');
  const browser = new Browser(place.origin);
  await browser.get(paths.signIn);
  const fields = { nir: owner?.line.nir ?? '', motDePasse: demoPassword };
  assert.equal((await browser.post(paths.signIn, fields)).location, paths.account);
  const [somebody] = ordinaryPeople();
  assert.ok(somebody);
  await enrolThrough(place.origin, somebody, 'tout-neuf@exemple.fr');
  assert.equal(await server.end('SIGTERM'), 0);

  await inTheDatabase(place, async ({ db }) => {
    const insured = await db.selectFrom('insured').select('person_key').execute();
    assert.equal(insured.length, demoPersons().length);
    const accounts = await db.selectFrom('account').select('person_key').execute();
    assert.equal(accounts.length, demoPersons().filter(({ account }) => account !== null).length + 1);
  });
});
