import { type Kysely, sql } from 'kysely';
import { type Account, contactPlace } from '#src/accounts/account.ts';
import { type AuditKind, auditColumns, auditValues } from '#src/audit/event.ts';
import { issued } from '#src/confirmations/issue.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { enqueueDeliveries, noticeRow } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

export type SendAgainResult =
  | { readonly ok: true }
  /** Not before this instant; null: no more messages for this account, the caisse takes over. */
  | { readonly ok: false; readonly nextAt: Date | null };

export interface SendAgain {
  readonly account: Account;
  /** The same address as before, or the corrected one. */
  readonly address: string;
  readonly kind: 'activation' | 'activation-reminder';
  readonly audit: AuditKind;
  readonly at: Date;
}

/**
 * Sends a fresh link and code to a pending account, to its address or to a corrected one: all older ones die.
 *
 * A person may ask every so many seconds, so many times a day and in all (the policy's numbers), until the
 * account's last day, and never for a message that would be withheld, reminders and corrected addresses included: the
 * older link would die for nothing. A corrected address need not wait for the first delay. One that somebody else holds is not told apart: its owner
 * is written to.
 */
export async function sendAgain(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  { account, address, kind, audit, at }: SendAgain,
): Promise<SendAgainResult> {
  const { db, keyring, random, policy, jobs } = services;
  const { confirmation, contact, limits } = policy;
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Only an address that was read before is written to');
  const { personKey } = account;
  const addressKeys = emailKeys(keyring, email.canonical);
  const [newKey] = addressKeys;
  const secret = newSecret(keyring, random, personKey, confirmation.codeDigits);
  const own = endOfDayAfter(at, confirmation.linkActiveDays);
  const deadAt = new Date(Math.min(own.getTime(), account.pendingUntil.getTime()));
  const sealed = seal(keyring, contactPlace(personKey), { ...account.contact, email: email.address });
  const asked = kind === 'activation';
  const recipientKey = emailKey(keyring, email.limiterKey);
  const notice = noticeRow({
    keyring,
    personKey,
    id: random.uuid(),
    kind,
    language: account.language,
    content: {
      address: email.address,
      token: secret.token,
      code: secret.code,
      until: deadAt.toISOString(),
      sentAt: at.toISOString(),
    },
    recipientKey,
    at,
  });
  const statement = sql`
    with sent as (
      update account set last_sent_at = ${at}, resends = resends + ${asked ? 1 : 0}, contact = ${sealed},
        email_key = ${newKey}, link_dead_at = ${deadAt}
      where person_key = ${personKey} and status = 'pending' and pending_until > ${at} and (${!asked} and email_key = ${account.emailKey} and (
          ${!contact.uniqueEmail} or exists (select from email_claim held
            where held.email_key = any(${addressKeys}::bytea[]) and held.person_key = ${personKey})) or ${asked} and (
        (email_key <> all(${addressKeys}::bytea[]) or last_sent_at <= ${secondsBefore(at, confirmation.resendEverySeconds)})
        and resends < ${confirmation.resendPerAccount}
        and (select count(*) from email_confirmation c where c.person_key = ${personKey} and purpose = 'activation'
          and c.created_at > ${secondsBefore(at, 86_400)}) <= ${confirmation.resendPerDay}))
      returning person_key
    ), released as (
      delete from email_claim using sent
      where email_claim.person_key = ${personKey} and email_claim.email_key <> ${newKey}
    ), ${issued({
      of: 'sent',
      personKey,
      addressKeys,
      uniqueEmail: contact.uniqueEmail,
      confirmation: secret,
      notice,
      deadAt,
      pendingUntil: account.pendingUntil,
      at,
    })}
    insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, audit)} from sent returning seq`;
  return db.transaction().execute(async (trx) => {
    // A statement that waited for another one would not see the confirmation that it made.
    await sql`select from account where person_key = ${personKey} for update`.execute(trx);
    const full = await mailboxFullUntil(trx, { mailbox: recipientKey, part: 'proven' }, limits, at);
    const { rows } = full ? { rows: [] } : await statement.execute(trx);
    if (rows.length === 0) return { ok: false, nextAt: await nextSending(trx, services, account, full, at) };
    await enqueueDeliveries(trx, jobs, [notice]);
    return { ok: true };
  });
}

async function nextSending(
  db: Kysely<Database>,
  { policy: { confirmation } }: Pick<Services, 'policy'>,
  { personKey, pendingUntil }: Account,
  full: Date | null,
  at: Date,
): Promise<Date | null> {
  const account = await db
    .selectFrom('account')
    .select(['last_sent_at', 'resends'])
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  if (!account || account.resends >= confirmation.resendPerAccount || pendingUntil <= at) return null;
  const today = await db
    .selectFrom('email_confirmation')
    .select('created_at')
    .where('person_key', '=', personKey)
    .where('purpose', '=', 'activation')
    .where('created_at', '>', secondsBefore(at, 86_400))
    .orderBy('created_at', 'desc')
    .limit(1)
    .offset(confirmation.resendPerDay)
    .executeTakeFirst();
  const soon = secondsBefore(account.last_sent_at, -confirmation.resendEverySeconds);
  const tomorrow = today ? secondsBefore(today.created_at, -86_400) : soon;
  return new Date(Math.max(tomorrow.getTime(), soon.getTime(), full?.getTime() ?? 0));
}

function secondsBefore(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() - seconds * 1000);
}
