import { type Kysely, sql } from 'kysely';
import { type NewAddress, openAddress } from '#src/account/email/new-address.ts';
import { contactPlace } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { endOpenSecrets } from '#src/confirmations/end-open-secrets.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/owner-notice.ts';
import type { Services } from '#src/services.ts';
import {
  continueSession,
  endSessionsOf,
  holdSession,
  type IssuedToken,
} from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';

/**
 * Puts a confirmed address in the place of the old one, once, and tells the old one, in one transaction. The sessions of
 * the account end, but for the one that confirms, which goes on under a new token, or the one that asked, when the link
 * of the mail confirms in whatever browser.
 *
 * Null, and nothing changed, when the confirmation was used, superseded or dead by then, or when another account
 * has taken the address meanwhile: then its link becomes one that nobody knows.
 */
export async function confirmNewAddress(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  { id, address, account: { personKey } }: NewAddress,
  /** Null: the link of the mail confirms, in whatever browser. */
  session: Session | null,
  at: Date,
): Promise<{ readonly issued: IssuedToken | null } | null> {
  const { db, keyring, policy, jobs } = services;
  if (!address) return null;
  const email = openAddress(keyring, personKey, id, address);
  const read = parseEmail(email);
  if (!read.ok) throw new Error('Only an address that was read before is confirmed');
  const newKey = emailKey(keyring, read.canonical);
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active' || (session && !(await holdSession(trx, session)))) return null;
    const used = await trx
      .updateTable('email_confirmation')
      .set({ used_at: at })
      .where('person_key', '=', personKey)
      .where('id', '=', id)
      .where('purpose', '=', 'new-address')
      .where('used_at', 'is', null)
      .where('superseded_at', 'is', null)
      .where('dead_at', '>', at)
      .returning('asked_by')
      .executeTakeFirst();
    if (!used) return null;
    if (
      policy.contact.uniqueEmail &&
      !(await claim(trx, emailKeys(keyring, read.canonical), personKey, at))
    ) {
      await trx
        .deleteFrom('email_confirmation')
        .where('person_key', '=', personKey)
        .where('id', '=', id)
        .execute();
      return null;
    }
    await trx
      .deleteFrom('email_claim')
      .where('person_key', '=', personKey)
      .where('email_key', '<>', newKey)
      .execute();
    await trx
      .updateTable('account')
      .set({
        contact: seal(keyring, contactPlace(personKey), { ...account.contact, email }),
        email_key: newKey,
      })
      .where('person_key', '=', personKey)
      .execute();
    await endOpenSecrets(trx, personKey, at);
    await sql`insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'address-changed')}`.execute(
      trx,
    );
    const { email: old } = account.contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'address-changed', old, at));
    if (session) return { issued: await continueSession(trx, { keyring }, { session, others: 'all' }, at) };
    await endSessionsOf(trx, personKey, { but: used.asked_by });
    return { issued: null };
  });
}

/** Holds the address for the person, unless another account does, be it under an older key. */
async function claim(
  trx: Kysely<Database>,
  [newKey, ...olderKeys]: readonly Buffer[],
  personKey: Buffer,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into email_claim as known (email_key, person_key, claimed_at, expires_at)
    select ${newKey}::bytea, ${personKey}::bytea, ${at}::timestamptz, null
    where not exists (
      select from email_claim older where older.email_key = any(${olderKeys}::bytea[])
        and older.person_key <> ${personKey} and (older.expires_at is null or older.expires_at > ${at}))
    on conflict (email_key) do update
      set person_key = excluded.person_key, claimed_at = excluded.claimed_at, expires_at = null
    where known.expires_at <= ${at} or known.person_key = excluded.person_key
    returning 1`.execute(trx);
  return rows.length > 0;
}
