import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import { type SendAgain, sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationResent, reminderSent } from '#src/enrolment/events.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

const rounds = 8;
const hour = 3_600_000;

async function accountOf({ services: { db, keyring } }: TestApp): Promise<Account> {
  return openAccount(
    keyring,
    await db.selectFrom('account').select(accountColumns).executeTakeFirstOrThrow(),
  );
}

async function alive({ services: { db } }: TestApp): Promise<string[]> {
  const rows = await db
    .selectFrom('email_confirmation')
    .select('id')
    .where('superseded_at', 'is', null)
    .where('used_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

function resend(account: Account, now: Date): SendAgain {
  return {
    account,
    address: account.contact.email,
    kind: 'activation',
    event: confirmationResent,
    actor: { kind: 'person' },
    now,
  };
}

test('a reminder and a concurrent request leave one valid link', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), personNamed('venturi'), 'venturi@exemple.fr');
  for (let round = 0; round < rounds; round++) {
    site.clock.advance(6 * hour);
    const account = await accountOf(site);
    const demand = resend(account, site.clock.now());
    const reminder = { ...demand, kind: 'activation-reminder', event: reminderSent } as const;
    await Promise.all([sendAgain(site.services, demand), sendAgain(site.services, reminder)]);
    assert.equal((await alive(site)).length, 1);
  }
});

test('a confirmation and a concurrent request for a new mail: one wins, and neither breaks the other', async (t) => {
  const site = await testApp(t);
  const { services } = site;
  await enrol(new Visitor(site.app), personNamed('venturi'), 'venturi@exemple.fr');
  for (let round = 0; round < rounds; round++) {
    site.clock.advance(6 * hour);
    const at = site.clock.now();
    const account = await accountOf(site);
    const [id = ''] = await alive(site);
    const [confirmed, sent] = await Promise.all([
      activate(services, account, { confirmationId: id, actor: { kind: 'person' } }, at),
      sendAgain(services, resend(account, at)),
    ]);
    assert.notEqual(confirmed, sent.kind === 'sent');
    await services.db.updateTable('account').set({ status: 'pending' }).execute();
    if (confirmed) {
      site.clock.advance(6 * hour);
      await sendAgain(services, resend(account, site.clock.now()));
      await services.db.updateTable('account').set({ resends: 0 }).execute();
    }
  }
});
