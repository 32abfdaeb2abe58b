import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCases } from '#src/cli/support/read-case.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { releaseFrozen } from '#src/ownership/reclaim.ts';
import { paths } from '#src/paths.ts';
import { findPerson, readPersonQuery } from '#src/person/find-person.ts';
import { foundBy, order } from '../person/operator.ts';
import { openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { identityOf, proofOf, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { disputeOf, finish, statusOf, trail, typeCode, usurped } from './usurped.ts';

/** What somebody reads to an agent who types who they are. */
async function supportCodeOf(site: TestApp, cle: string): Promise<string> {
  const visitor = new Visitor(site.app);
  await submit(visitor, paths.identity, identityOf(personNamed(cle)), paths.proof);
  const { html } = await visitor.get(paths.otherWays);
  const code = /<strong>([0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(html)?.[1];
  assert.ok(code);
  return code;
}

/** What an agent does whom somebody gives a code. */
function agent(site: TestApp) {
  const { db } = site.services;
  const now = () => site.clock.now();
  const personOf = async (code: string) => (await foundBy(site, code)).personKey;
  return {
    freeze: async (code: string) => freezeAccount(site.services, await personOf(code), order, now()),
    release: async (code: string) => releaseFrozen(db, await personOf(code), order, now()),
  };
}

test('Ange has lost the SMS and calls: the agent freezes the account, sees it, and later releases it', async (t) => {
  const site = await usurped(t);
  const { person } = site;
  const code = await supportCodeOf(site, 'venturi');
  const { freeze, release } = agent(site);
  assert.equal(await release(code), false, 'nothing is frozen yet');
  assert.equal(await freeze(code.toLowerCase().replace('-', ' ')), true);
  assert.equal(await statusOf(site), 'frozen');
  assert.deepEqual(await trail(site, 'account-frozen'), [
    { by: 'agent', was: 'active', reason: order.reason },
  ]);
  assert.ok((await site.mails()).some(({ kind }) => kind === 'account-frozen-sms'));
  assert.equal(await freeze(code), false, 'it is frozen already');

  const { db, keyring, clock } = site.services;
  const ways = { sms: true, letters: true, franceConnect: true };
  const [seen] = await readCases({ db, keyring, ways }, code, clock.now());
  assert.equal(seen?.account?.status, 'frozen');
  assert.deepEqual(seen?.account?.frozenAt, clock.now());

  site.clock.advance(86_400_000);
  assert.equal(await release(code), true);
  assert.equal(await statusOf(site), null);
  assert.equal((await trail(site, 'account-released')).length, 1);
  for (const table of ['email_claim', 'consent', 'terms_acceptance', 'email_confirmation'] as const)
    assert.deepEqual(await db.selectFrom(table).select('person_key').execute(), [], table);
  const owner = new Visitor(site.app);
  await submit(owner, paths.identity, identityOf(person), paths.proof);
  await submit(owner, paths.proof, proofOf(person), paths.terms);
  await finish(owner, 'voleur@exemple.fr');
  assert.equal(await statusOf(site), 'pending', 'every means is open, and the address is free');
});

test('an agent cannot delete an account that is not frozen, nor find one by a wrong code', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, personNamed('venturi'), 'ange@exemple.fr');
  const code = await supportCodeOf(site, 'venturi');
  const { release } = agent(site);
  assert.equal(await release(code), false);
  assert.equal(await statusOf(site), 'active');
  assert.equal(readPersonQuery('hello'), null);
  const other = readPersonQuery(code.startsWith('0000') ? '1111-1111' : '0000-0000');
  assert.equal(other && (await findPerson(site.services, other)), 'unknown');
  assert.equal(await statusOf(site), 'active');
});

test('a frozen account that nobody reclaims is deleted after the retention period of unused accounts', async (t) => {
  const site = await usurped(t);
  await typeCode(site, await disputeOf(site, 'account-created-sms'));
  site.clock.advance(1_094 * 86_400_000);
  await runHousekeeping(site.services);
  assert.equal(await statusOf(site), 'frozen');
  assert.ok(!(await site.mails()).some(({ kind }) => kind === 'account-unused'), 'the thief is not warned');
  site.clock.advance(2 * 86_400_000);
  await runHousekeeping(site.services);
  assert.equal(await statusOf(site), null);
});
