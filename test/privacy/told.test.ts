import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personKey } from '#src/crypto/keyring.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths } from '#src/paths.ts';
import { ange, type Depot, day, depotOf } from '../avis/depot.ts';
import { depositRights, familyOf } from '../papers/setting.ts';
import { order } from '../person/operator.ts';
import { signedInVisitor } from '../setting/account.ts';

const kind = 'new-deposits';

/** Rights in which the child of rank 2 comes of age in two days. */
async function withChildNearlyOfAge(depot: Depot): Promise<void> {
  const birthday = new Date(depot.site.clock.now().getTime() + 2 * day).toISOString().slice(4, 10);
  const { organism, beneficiaries } = familyOf(ange);
  const changed = beneficiaries.map((one) =>
    one.rank === 2 ? { ...one, birthDate: `2008${birthday}` } : one,
  );
  await depositRights(depot.site, ange, { organism, beneficiaries: changed });
}

async function toldWeekly(depot: Depot): Promise<void> {
  const visitor = await signedInVisitor(depot.site, ange);
  await visitor.get(paths.accountPaper);
  await visitor.post(paths.accountPaper, { papier: 'non', frequenceAvis: 'hebdomadaire', phraseRepere: '' });
}

test('a mail counts nothing about a child who has come of age since it was deposited', async (t) => {
  const depot = await depotOf(t);
  await withChildNearlyOfAge(depot);
  await toldWeekly(depot);
  await depot.sends({ rank: 2 });
  await depot.sends({ rank: 2 });
  await depot.pays();
  depot.site.clock.advance(8 * day);
  await depot.turn();
  assert.deepEqual(
    (await depot.told(kind)).map(({ deposits }) => deposits),
    ['1'],
  );
});

test('what was only about a child who has come of age since is told to nobody', async (t) => {
  const depot = await depotOf(t);
  await withChildNearlyOfAge(depot);
  await toldWeekly(depot);
  await depot.sends({ rank: 2 });
  depot.site.clock.advance(8 * day);
  await depot.turn();
  assert.deepEqual(await depot.told(kind), []);
  assert.deepEqual(await depot.site.services.db.selectFrom('avis').selectAll().execute(), []);
});

test('a disputed account is told nothing, neither of what waits nor of what comes', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await depot.pays();
  await depot.sends();
  const key = personKey(services.keyring, ange.line.nir);
  assert.ok(await freezeAccount(services, key, order, clock.now()));
  await depot.pays();
  const before = depot.post.sink.messages.length;
  for (let turn = 0; turn < 20; turn += 1) {
    clock.advance(day);
    await depot.turn();
  }
  assert.deepEqual(await depot.told(kind), []);
  assert.deepEqual(await depot.told('document-unread'), []);
  const { messages } = depot.post.sink;
  assert.ok(
    messages.slice(before).every((mail) => !/Du_nouveau|important/.test(mail)),
    'no mail of another kind either',
  );
});
