import { sql } from 'kysely';
import { accountColumns, openContact } from '#src/account/account.ts';
import { ownerNotice } from '#src/account/owner-notice.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { newSecret } from '#src/enrolment/confirmation/secret.ts';
import { type AttemptRule, recordAttempt } from '#src/limits/attempts.ts';
import { enqueueDeliveries, noticeLanguage } from '#src/notices/notice.ts';
import { personKeys } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

const resetMinutes = 30;
const asking: AttemptRule = { kind: 'password-reset-asked', windows: [{ max: 5, perSeconds: 86_400 }] };

/**
 * Sends a link for a new password to the account of a NIR (13 characters), if there is one; older links die.
 *
 * Beyond so many demands a day for one number or from one client's address, nothing is sent; nor for an
 * account that waits with an address of somebody else, whose owner could enter it by the link. Nothing is told, and
 * the same work is done for a number that has no account: the job that it queues finds no notice.
 */
export async function askReset(
  services: Services,
  nir: string,
  client: Buffer | null,
  at: Date,
): Promise<void> {
  const { db, keyring, limits, random, policy, jobs } = services;
  const subject = personKey(keyring, nir);
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', 'in', personKeys(keyring, nir))
    .executeTakeFirst();
  const owner = { personKey: row?.person_key ?? subject, language: noticeLanguage(row?.language ?? 'fr') };
  const asked = await recordAttempt(
    db,
    at,
    false,
    [
      { rule: asking, subject },
      { rule: limits.clientAddress, subject: client },
    ],
    { personKey: owner.personKey, kind: 'password-reset-asked' },
  );
  if (asked.blocked) return;
  const address = row ? openContact(keyring, row.person_key, row.contact).email : 'personne@exemple.fr';
  const secret = newSecret(keyring, random, owner.personKey, 6);
  const deadAt = new Date(at.getTime() + resetMinutes * 60_000);
  const content = { address, token: secret.token, until: deadAt.toISOString() };
  const notice = ownerNotice(services, owner, 'password-reset', content, at);
  await db.transaction().execute(async (trx) => {
    // A statement that waited for another one would not see the confirmation that it made.
    await sql`select from account where person_key = ${owner.personKey} for update`.execute(trx);
    await sql`
      with live as (
        select person_key from account where person_key = ${owner.personKey}
          and email_key = ${row?.email_key ?? null} and (status = 'active' or status = 'pending' and pending_until > ${at}
            and (${!policy.contact.uniqueEmail} or exists (select from email_claim held
              where held.email_key = account.email_key and held.person_key = account.person_key)))
      ), superseded as (
        update email_confirmation set superseded_at = ${at}
        from live where email_confirmation.person_key = live.person_key and purpose = 'password-reset'
          and used_at is null and superseded_at is null
      ), confirmation as (
        insert into email_confirmation (person_key, id, purpose, token_hash, created_at, dead_at)
        select person_key, ${secret.id}::uuid, 'password-reset', ${secret.tokenHash}::bytea, ${at}::timestamptz,
          ${deadAt}::timestamptz from live
      )
      insert into notice (person_key, id, kind, channel, language, content, recipient_key, state, created_at)
      select person_key, ${notice.id}::uuid, ${notice.kind}::text, ${notice.channel}::text, ${notice.language}::text,
        ${notice.content}::bytea, ${notice.recipient_key}::bytea, 'queued', ${at}::timestamptz from live`.execute(
      trx,
    );
    await enqueueDeliveries(trx, jobs, [notice]);
  });
}
