import type { Kysely } from 'kysely';
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
 * Whether a reminder to the mailbox of a person makes sense: not if its owner unsubscribed, nor if its server refused or
 * bounced the last mail that was sent there about that person. Call it before creating a reminder, because a reminder ends the link of the previous mail.
 */
export async function takesReminders(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, address }: { readonly personKey: Buffer; readonly address: string },
): Promise<boolean> {
  if (await refusesReminders(db, keyring, address)) return false;
  const last = await db
    .selectFrom('notice')
    .select(['state', 'reason'])
    .where('person_key', '=', personKey)
    .where('recipient_key', 'in', mailboxKeys(keyring, address))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.state !== 'bounced' && !(last?.state === 'refused' && last.reason?.startsWith('smtp-5'));
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
