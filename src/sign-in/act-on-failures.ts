import type { Kysely } from 'kysely';
import { decoyContact } from '#src/accounts/account.ts';
import { record } from '#src/audit/record.ts';
import { endTriedPassword } from '#src/credentials/password.ts';
import type { Database } from '#src/database/tables.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { queueNoticeAlike } from '#src/notices/queue-alike.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { signInLocked } from '#src/sign-in/events.ts';
import type { PasswordHolder } from '#src/sign-in/password-holder.ts';

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

/** The latest of some failures in a row. */
interface Failures {
  readonly consecutive: number;
  /** When the next try may be made. */
  readonly until: Date;
  readonly fromKnownDevice: boolean;
}

/**
 * Tells the owner that the account is locked, or ends a password that was tried too often, in one transaction. Tried
 * by strangers, it goes on working from the browsers that are known to the person.
 *
 * The same statements run, and a job is queued, when nobody has this number: the answer takes as long. That job
 * finds no notice and ends.
 */
export async function actOnFailures(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy'>,
  { subject, holder }: { readonly subject: Buffer; readonly holder: PasswordHolder | null },
  { consecutive, until, fromKnownDevice }: Failures,
  now: Date,
): Promise<void> {
  const { db, jobs, policy } = services;
  const follows = consequence(policy.limits, consecutive);
  if (follows === 'none') return;
  const disabled = follows === 'disabled';
  const owner = holder ?? {
    personKey: subject,
    language: 'fr',
    address: () => decoyContact(services.keyring).email,
  };
  const { personKey } = owner;
  const address = owner.address();
  const notice = disabled
    ? ownerNotice(services, owner, 'password-disabled', { address }, now)
    : ownerNotice(services, owner, 'sign-in-locked', { address, until: until.toISOString() }, now);
  await db.transaction().execute(async (trx) => {
    const leaves = await holdTriedPassword(trx, personKey, fromKnownDevice, now);
    if (disabled) await endTriedPassword(trx, leaves ? personKey : nobody, { fromKnownDevice }, now);
    await record(trx, signInLocked, {
      person: personKey,
      actor: { kind: 'system' },
      at: now,
      details: { consecutive, disabled },
    });
    await queueNoticeAlike(trx, jobs, notice, { leaves });
  });
}

/** Keeps the password and its account as they are; whether there is one that can be tried, from this browser. */
async function holdTriedPassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  fromKnownDevice: boolean,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('account')
    .innerJoin('credential', 'credential.person_key', 'account.person_key')
    .select('state')
    .where('account.person_key', '=', personKey)
    .where('credential.kind', '=', 'password')
    .where((eb) =>
      eb.or([eb('status', '=', 'active'), eb('status', '=', 'pending').and('pending_until', '>', now)]),
    )
    .forUpdate()
    .executeTakeFirst();
  return (
    row !== undefined && (row.state === 'usable' || (row.state === 'known-devices-only' && fromKnownDevice))
  );
}
