import type { Kysely } from 'kysely';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKeys, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** Whether the owner of a mailbox asked for no reminders, under whatever key they did. */
export async function refusesReminders(
  db: Kysely<Database>,
  keyring: Keyring,
  address: string,
): Promise<boolean> {
  const email = parseEmail(address);
  if (!email.ok) return false;
  const row = await db
    .selectFrom('reminder_refusal')
    .select('at')
    .where('recipient_key', 'in', emailKeys(keyring, email.limiterKey))
    .executeTakeFirst();
  return row !== undefined;
}

/** No more reminders to a mailbox. Repeatable. */
export async function refuseReminders(db: Kysely<Database>, recipientKey: Buffer, at: Date): Promise<void> {
  await db
    .insertInto('reminder_refusal')
    .values({ recipient_key: recipientKey, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
