import { type Kysely, sql } from 'kysely';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKeys, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** Whether the owner of a mailbox unsubscribed from reminders, under any version of the key. */
export async function refusesReminders(
  db: Kysely<Database>,
  keyring: Keyring,
  address: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('reminder_refusal')
    .select('at')
    .where('recipient_key', 'in', mailboxKeys(keyring, address))
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether a reminder to a mailbox makes sense: not if its owner unsubscribed, nor if its server refused or bounced the
 * last mail. Call it before creating a reminder, because a reminder ends the link of the previous mail.
 */
export async function takesReminders(
  db: Kysely<Database>,
  keyring: Keyring,
  address: string,
): Promise<boolean> {
  const keys = mailboxKeys(keyring, address);
  const { rows } = await sql<{ takes: boolean }>`
    select not exists (select from reminder_refusal where recipient_key = any(${keys}::bytea[]))
      and coalesce((
        select state <> 'bounced' and (state <> 'refused' or reason not like 'smtp-5%') from notice
        where recipient_key = any(${keys}::bytea[]) order by created_at desc limit 1), true) as takes`.execute(
    db,
  );
  return rows[0]?.takes ?? false;
}

/** Unsubscribes a mailbox from reminders. Repeating it changes nothing. */
export async function refuseReminders(db: Kysely<Database>, recipientKey: Buffer, now: Date): Promise<void> {
  await db
    .insertInto('reminder_refusal')
    .values({ recipient_key: recipientKey, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function mailboxKeys(keyring: Keyring, address: string): Buffer[] {
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Mail is sent only to addresses that parseEmail accepts');
  return emailKeys(keyring, email.limiterKey);
}
