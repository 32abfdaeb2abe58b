import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { change, openAccountOf, signedInVisitor, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const other = 'Tournesol.Quai7';

function passwordRow({ services: { db } }: TestApp) {
  return db.selectFrom('credential').selectAll().executeTakeFirstOrThrow();
}

test('a password has a state, the date it was chosen, and a use count', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const begun = await passwordRow(site);
  assert.deepEqual(
    [begun.kind, begun.state, begun.use_count, begun.last_used_at],
    ['password', 'usable', 0, null],
  );
  site.clock.advance(60_000);
  const visitor = await signedInVisitor(site, venturi);
  await signIn(new Visitor(site.app), venturi.line.nir, 'Pas.Le.Bon1');
  const used = await passwordRow(site);
  assert.deepEqual([used.use_count, used.last_used_at], [1, site.clock.now()], 'a wrong one is no use');
  assert.deepEqual([used.secret, used.changed_at], [begun.secret, begun.changed_at]);
  site.clock.advance(60_000);
  const fields = { motDePasse: other, confirmation: other };
  assert.equal((await change(visitor, paths.accountPassword, fields)).location, paths.accountInformation);
  const changed = await passwordRow(site);
  assert.deepEqual([changed.id, changed.created_at], [begun.id, begun.created_at]);
  assert.deepEqual([changed.state, changed.changed_at], ['usable', site.clock.now()]);
  assert.notEqual(changed.secret, begun.secret);
});

test('a credential is deleted with its account, and a disabled one keeps no secret', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const { db } = site.services;
  await assert.rejects(db.updateTable('credential').set({ state: 'disabled' }).execute(), { code: '23514' });
  await db.updateTable('credential').set({ state: 'disabled', secret: null }).execute();
  await db.deleteFrom('account').execute();
  assert.deepEqual(await db.selectFrom('credential').selectAll().execute(), []);
});
