import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountColumns, openAccount } from '#src/accounts/account.ts';
import { type SendAgainResult, sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationResent } from '#src/enrolment/events.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

async function ask({ services, clock }: TestApp, address?: string): Promise<SendAgainResult> {
  const { db, keyring } = services;
  const row = await db.selectFrom('account').select(accountColumns).executeTakeFirstOrThrow();
  const account = openAccount(keyring, row);
  return sendAgain(services, {
    account,
    address: address ?? account.contact.email,
    kind: 'activation',
    event: confirmationResent,
    actor: { kind: 'person' },
    now: clock.now(),
  });
}

test('a request whose mail would be withheld is refused, and the last link stays valid', async (t) => {
  const site = await testApp(t);
  const { max } = site.services.policy.limits.mailsPerAddress;
  const first = site.clock.now();
  await enrol(new Visitor(site.app), personNamed('venturi'), 'venturi@exemple.fr');
  for (let mails = 1; mails < max; mails++) {
    site.clock.advance(600_000);
    assert.deepEqual(await ask(site), { kind: 'sent' });
  }
  site.clock.advance(600_000);
  const refused = await ask(site);
  assert.ok(refused.kind === 'blocked' && refused.until.getTime() >= first.getTime() + 86_400_000);
  const { total } = await site.services.db
    .selectFrom('email_confirmation')
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow();
  assert.equal(Number(total), max);
  site.clock.advance(refused.until.getTime() - site.clock.now().getTime());
  assert.deepEqual(await ask(site), { kind: 'sent' });
});

test('a mistyped address is corrected at once; the same one again waits', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), personNamed('venturi'), 'ventrui@exemple.fr');
  assert.equal((await ask(site)).kind, 'blocked');
  assert.deepEqual(await ask(site, 'venturi@exemple.fr'), { kind: 'sent' });
  assert.equal((await ask(site, 'Venturi@Exemple.fr')).kind, 'blocked');
});
