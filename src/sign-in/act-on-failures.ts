import type { Kysely } from 'kysely';
import { decoyContact } from '#src/accounts/account.ts';
import { record } from '#src/audit/record.ts';
import { restrictTriedPassword } from '#src/credentials/password.ts';
import type { Database } from '#src/database/tables.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { queueNoticeAlike } from '#src/notices/queue-alike.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { signInLocked } from '#src/sign-in/events.ts';
import type { PasswordHolder } from '#src/sign-in/judge-password.ts';

/** The key of no person: the same statements run with it and change nothing. */
const noPerson = Buffer.alloc(32);

/** What this many consecutive failures lead to: `locked`: a mail to the owner; `disabled`: the password is disabled. */
export function consequence(
  { signInDelays, signInDisabledAfter }: Policy['limits'],
  consecutive: number,
): 'none' | 'locked' | 'disabled' {
  if (consecutive >= signInDisabledAfter) return 'disabled';
  const longest = signInDelays.at(-1)?.failures;
  return longest !== undefined && consecutive % longest === 0 ? 'locked' : 'none';
}

/** The latest of several consecutive failures. */
interface Failures {
  readonly consecutive: number;
  /** When the next attempt is allowed. */
  readonly until: Date;
  readonly fromKnownDevice: boolean;
}

/**
 * Notifies the owner that signing in is locked, or disables a password after too many attempts, in one transaction.
 * When strangers made them, the password is still accepted from the known browsers of its owner.
 *
 * The same statements run, and a job is queued, for a NIR without an account, so that the answer takes as long. That
 * job finds no notice and ends.
 */
export async function actOnFailures(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy'>,
  { subject, holder }: { readonly subject: Buffer; readonly holder: PasswordHolder | null },
  { consecutive, until, fromKnownDevice }: Failures,
  now: Date,
): Promise<void> {
  const { db, jobs, policy } = services;
  const effect = consequence(policy.limits, consecutive);
  if (effect === 'none') return;
  const disabled = effect === 'disabled';
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
    const leaves = await lockTriedPassword(trx, personKey, fromKnownDevice, now);
    if (disabled) await restrictTriedPassword(trx, leaves ? personKey : noPerson, { fromKnownDevice }, now);
    await record(trx, signInLocked, {
      person: personKey,
      actor: { kind: 'system' },
      at: now,
      details: { consecutive, disabled },
    });
    await queueNoticeAlike(trx, jobs, notice, { leaves });
  });
}

/** Locks the password and its account; whether there is a password that is accepted from this browser. */
async function lockTriedPassword(
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
    .forNoKeyUpdate()
    .executeTakeFirst();
  return (
    row !== undefined && (row.state === 'usable' || (row.state === 'known-devices-only' && fromKnownDevice))
  );
}
