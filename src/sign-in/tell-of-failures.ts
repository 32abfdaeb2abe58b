import { type Kysely, sql } from 'kysely';
import { decoyContact } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { endTriedPassword } from '#src/credentials/password.ts';
import type { Database } from '#src/database/tables.ts';
import { enqueueDeliveries, noticeColumns, noticeValues } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import type { PasswordHolder } from '#src/sign-in/judge-password.ts';

/** The key of no person: the same statements run for it, and change nothing. */
const nobody = Buffer.alloc(32);

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
    const live = await holdTriedPassword(trx, personKey, fromKnownDevice, at);
    if (disable) await endTriedPassword(trx, live ? personKey : nobody, { fromKnownDevice }, at);
    await sql`
      insert into notice (${noticeColumns}) select ${noticeValues(notice)} where ${live}`.execute(trx);
    await sql`
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'sign-in-locked', { consecutive, disabled: disable })}`.execute(
      trx,
    );
    await enqueueDeliveries(trx, jobs, [notice]);
  });
}

/** Keeps the password and its account as they are; whether there is one that can be tried, from this browser. */
async function holdTriedPassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  fromKnownDevice: boolean,
  at: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('account')
    .innerJoin('credential', 'credential.person_key', 'account.person_key')
    .select('state')
    .where('account.person_key', '=', personKey)
    .where('credential.kind', '=', 'password')
    .where((eb) =>
      eb.or([eb('status', '=', 'active'), eb('status', '=', 'pending').and('pending_until', '>', at)]),
    )
    .forUpdate()
    .executeTakeFirst();
  return (
    row !== undefined && (row.state === 'usable' || (row.state === 'known-devices-only' && fromKnownDevice))
  );
}
