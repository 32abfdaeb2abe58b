import { sql } from 'kysely';
import type { SignedIn } from '#src/access/who.ts';
import { sealAddress } from '#src/account/email/new-address.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { EmailForm } from '#src/page-parts/contact/form.ts';
import type { Services } from '#src/services.ts';

const newAddressHours = 24;

/**
 * Sends a link and a code to a new address, and tells the current one; earlier demands die. Answers when the next
 * demand may be made if this one was one too many, of the account or for the new mailbox: earlier ones stand then. Null
 * otherwise.
 *
 * An address that another account holds is not told apart: its owner is written to instead.
 */
export async function askNewAddress(
  services: Services,
  { session, account }: SignedIn,
  email: EmailForm,
  at: Date,
): Promise<Date | null> {
  const { db, keyring, random, policy, limits, jobs } = services;
  const { personKey } = account;
  const asked = await recordAttempt(
    services,
    at,
    false,
    [{ rule: limits.addressChange, subject: personKey }],
    {
      personKey,
      kind: 'address-change-asked',
    },
  );
  if (asked.blocked) return asked.nextAt;
  const secret = newSecret(keyring, random, personKey, policy.confirmation.codeDigits);
  const newKeys = emailKeys(keyring, email.canonical);
  const sealed = sealAddress(keyring, personKey, secret.id, email.address);
  const deadAt = new Date(at.getTime() + newAddressHours * 3_600_000);
  const content = {
    address: email.address,
    token: secret.token,
    code: secret.code,
    until: deadAt.toISOString(),
    sentAt: at.toISOString(),
  };
  const toNew = ownerNotice(services, account, 'address-taken', content, at);
  const toOld = changeNotice(services, account, 'address-change-requested', account.contact.email, at);
  return db.transaction().execute(async (trx) => {
    // A statement that waited for another one would not see the confirmation that it made.
    await sql`select from account where person_key = ${personKey} for update`.execute(trx);
    const mailbox = emailKey(keyring, email.limiterKey);
    const full = await mailboxFullUntil(trx, { mailbox, part: 'proven' }, policy.limits, at);
    if (full) return full;
    await sql`
      with holder as (
        select 1 from email_claim where email_key = any(${newKeys}::bytea[]) and person_key <> ${personKey}
          and (expires_at is null or expires_at > ${at})
      ), asker as (
        select person_key from account where person_key = ${personKey} and status = 'active'
      ), superseded as (
        update email_confirmation set superseded_at = ${at}
        from asker where email_confirmation.person_key = asker.person_key and purpose = 'new-address'
          and used_at is null and superseded_at is null
      ), confirmation as (
        insert into email_confirmation (person_key, id, purpose, token_hash, code_hash, address, asked_by, created_at,
          dead_at)
        select person_key, ${secret.id}::uuid, 'new-address', ${secret.tokenHash}::bytea, ${secret.codeHash}::bytea,
          ${sealed}::bytea, ${session.tokenHash}::bytea, ${at}::timestamptz, ${deadAt}::timestamptz from asker
      )
      insert into notice (person_key, id, kind, channel, language, content, recipient_key, state, created_at)
      select person_key, ${toNew.id}::uuid,
        case when ${policy.contact.uniqueEmail} and exists (select from holder) then 'address-taken' else 'new-address' end,
        ${toNew.channel}::text, ${toNew.language}::text, ${toNew.content}::bytea, ${toNew.recipient_key}::bytea,
        'queued', ${at}::timestamptz from asker`.execute(trx);
    await trx.insertInto('notice').values(toOld).execute();
    await enqueueDeliveries(trx, jobs, [toNew, toOld]);
    return null;
  });
}
