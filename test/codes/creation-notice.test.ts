import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { testApp } from '../setting/application.ts';
import { enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';

for (const [cle, email, kind, content] of [
  ['venturi', 'voleur@exemple.fr', 'account-created-sms', { number: '+33639980001' }],
  ['loire', 'voleur@exemple.fr', 'account-created', { address: 'odile.chavanel@example.org' }],
  [
    'loire',
    'Odile.Chavanel+ameli@example.org',
    'account-created-letter',
    { envelope: 'Odile Chavanel\n4 rue des Inventions\n42000 SAINT-ÉTIENNE' },
  ],
] as const)
  test(`an account of ${cle} with ${email} is notified by ${kind}, where the register knows the person`, async (t) => {
    const site = await testApp(t);
    await enrol(new Visitor(site.app), personNamed(cle), email);
    const sent = await site.mails();
    assert.deepEqual(sent.map((notice) => notice.kind).sort(), ['activation', kind].sort());
    const told = sent.find((notice) => notice.kind === kind);
    const { dispute, disputeUntil, ...where } = told?.content ?? {};
    assert.deepEqual(where, content);
    assert.match(dispute ?? '', kind === 'account-created' ? /^[\w-]{91}$/ : /^[0-9A-HJKMNP-TV-Z]{12}$/);
    const days = kind === 'account-created-letter' ? '2026-04-01T21:59:59.999Z' : '2026-03-12T22:59:59.999Z';
    assert.equal(disputeUntil, days, 'a letter is read later');
    assert.ok(!JSON.stringify(told).includes('voleur'));
  });

test('without a gateway no SMS is promised: a mail or a letter is sent', async (t) => {
  const site = await testApp(t, undefined, { channels: { sms: false, letters: true } });
  await enrol(new Visitor(site.app), personNamed('venturi'), 'voleur@exemple.fr');
  const kinds = (await site.mails()).map(({ kind }) => kind);
  assert.ok(kinds.includes('account-created'));
});

test('an account that was not created notifies nobody', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, personNamed('venturi'), 'ange@exemple.fr');
  const before = (await site.mails()).length;
  assert.notEqual((await visitor.post('/creer-mon-compte/coordonnees', {})).status, 200);
  assert.equal((await site.mails()).length, before);
});
