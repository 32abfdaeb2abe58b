import { sql } from 'kysely';
import { decoyContact } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { disabledPassword, knownDevicesOnly } from '#src/credentials/password-hash.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/ownership/owner-notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import type { PasswordHolder } from '#src/sign-in/judge-password.ts';

/** What so many failures in a row lead to: `locked` is told by mail, `disabled` ends the password. */
export function consequence(
  { signInDelays, signInDisabledAfter }: Policy['limits'],
  consecutive: number,
): 'none' | 'locked' | 'disabled' {
  if (consecutive >= signInDisabledAfter) return 'disabled';
  const longest = signInDelays.at(-1)?.failures;
  return longest !== undefined && consecutive % longest === 0 ? 'locked' : 'none';
}

/**
 * Tells the owner that the account is locked, or ends a password that was tried too often, in one transaction. Tried
 * by strangers, it goes on working from the browsers that are known to the person.
 *
 * The same statements run, and a job is queued, when nobody has this number: the answer takes as long. That job
 * finds no notice and ends.
 */
export async function tellOfFailures(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy'>,
  subject: Buffer,
  holder: PasswordHolder | null,
  {
    consecutive,
    until,
    fromKnownDevice,
  }: { readonly consecutive: number; readonly until: Date; readonly fromKnownDevice: boolean },
  at: Date,
): Promise<void> {
  const { db, jobs, policy } = services;
  const follows = consequence(policy.limits, consecutive);
  if (follows === 'none') return;
  const disable = follows === 'disabled';
  const owner = holder ?? {
    personKey: subject,
    language: 'fr',
    address: () => decoyContact(services.keyring).email,
  };
  const { personKey } = owner;
  const address = owner.address();
  const notice = disable
    ? ownerNotice(services, owner, 'password-disabled', { address }, at)
    : ownerNotice(services, owner, 'sign-in-locked', { address, until: until.toISOString() }, at);
  await db.transaction().execute(async (trx) => {
    await sql`
      with live as (
        select person_key from account where person_key = ${personKey} and password_hash <> ${disabledPassword}
          and (${fromKnownDevice} or not starts_with(password_hash, ${knownDevicesOnly}))
          and (status = 'active' or status = 'pending' and pending_until > ${at})
      ), ended as (
        update account set password_hash = case
          when ${!fromKnownDevice} and exists (
            select from known_device where known_device.person_key = live.person_key and expires_at > ${at})
          then ${knownDevicesOnly} || password_hash else ${disabledPassword} end
        from live where ${disable} and account.person_key = live.person_key
      ), noticed as (
        insert into notice (person_key, id, kind, channel, language, content, recipient_key, state, created_at)
        select person_key, ${notice.id}::uuid, ${notice.kind}::text, ${notice.channel}::text, ${notice.language}::text,
          ${notice.content}::bytea, ${notice.recipient_key}::bytea, 'queued', ${at}::timestamptz from live
      )
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'sign-in-locked', { consecutive, disabled: disable })}`.execute(
      trx,
    );
    await enqueueDeliveries(trx, jobs, [notice]);
  });
}
