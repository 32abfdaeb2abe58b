import { accountColumns, openAccount } from '#src/accounts/account.ts';
import { moveReminder } from '#src/accounts/extend-pending.ts';
import { nextReminder } from '#src/confirmations/deadlines.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { reminderSent } from '#src/enrolment/events.ts';
import { changedOf, changeEach } from '#src/lifecycle/each-person.ts';
import { takesReminders } from '#src/notices/reminders/refusals.ts';
import type { Services } from '#src/services.ts';

const atOnce = 200;

/**
 * Sends reminders with a new link to people whose address is not confirmed yet, on the policy's days after the
 * creation. Each first reschedules the next reminder of the account, so that two nodes never send the same one. An account
 * that cannot be read keeps no other waiting.
 */
export async function remindPending(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  now: Date,
): Promise<number> {
  const { db, keyring, policy } = services;
  const due = await db
    .selectFrom('account')
    .select([...accountColumns, 'account.next_reminder_at'])
    .where('status', '=', 'pending')
    .where('next_reminder_at', '<=', now)
    .where('pending_until', '>', now)
    .orderBy('next_reminder_at')
    .limit(atOnce)
    .execute();
  const sent = await changeEach(due, async (row) => {
    const account = openAccount(keyring, row);
    const from = row.next_reminder_at;
    const to = nextReminder(policy.confirmation.reminderDays, account.createdAt, now);
    const { personKey, contact } = account;
    if (!from || !(await moveReminder(db, personKey, { from, to }))) return false;
    if (!(await takesReminders(db, keyring, { personKey, address: contact.email }))) return false;
    const reminded = await sendAgain(services, {
      account,
      address: contact.email,
      kind: 'activation-reminder',
      event: reminderSent,
      actor: { kind: 'system' },
      now,
    });
    return reminded.kind === 'sent';
  });
  return changedOf(sent);
}
