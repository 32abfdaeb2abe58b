import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDemoAccounts } from '#src/demo/people/accounts.ts';
import { people } from '#src/fictitious/people.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import { signIn } from '#test/setting/account.ts';
import { testApp } from '#test/setting/application.ts';
import { Visitor } from '#test/visitor.ts';

test('everybody who has an open account from the start signs in with the password of the demo', async (t) => {
  const site = await testApp(t);
  // The files of a group share a lane.
  const before = site.services.passwords.stats().done;
  await openDemoAccounts(site.services, people);
  assert.equal(site.services.passwords.stats().done - before, 1, 'one hash for all of them');
  const open = people.filter(({ account }) => account?.status === 'open');
  assert.ok(open.length > 1);
  for (const { cle, line } of open) {
    const seen = await signIn(new Visitor(site.app), line.nir, demoPassword);
    assert.equal(seen.location, paths.account, cle);
  }
});
