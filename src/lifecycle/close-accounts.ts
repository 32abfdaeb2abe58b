import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type ClosedFor, closeAccountsFor, reopenAccounts } from '#src/accounts/close-account.ts';
import { claimAddressesAgain, releaseAddresses } from '#src/accounts/email-claim.ts';
import { recordAll } from '#src/audit/record.ts';
import { supersedeCodes } from '#src/codes/store.ts';
import { confirmationPurposes, supersedeConfirmations } from '#src/confirmations/store.ts';
import { forgetDevices } from '#src/credentials/known-devices.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossiers } from '#src/dossiers/dossier.ts';
import { accountClosed, accountReopened } from '#src/lifecycle/events.ts';
import { withholdWaiting } from '#src/notices/withhold.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

/** A query of people by their key, as `person_key`. */
export type PeopleQuery = RawBuilder<{ person_key: Buffer }>;

/** Those of these people who have an open account or dossier, a session, a usable code, or a queued notice. */
export async function withSomethingOpen(db: Kysely<Database>, people: PeopleQuery): Promise<Buffer[]> {
  const { rows } = await sql<{ person_key: Buffer }>`
    with people as materialized (${people})
    select person_key from account join people using (person_key) where closed_for is distinct from 'deceased'
    union select person_key from dossier join people using (person_key) where closed_at is null
    union select person_key from session join people using (person_key)
    union select person_key from provisional_code join people using (person_key)
      where used_at is null and superseded_at is null
    union select person_key from notice join people using (person_key)
      where state in ('queued', 'deferred') and batched_at is null`.execute(db);
  return rows.map((row) => row.person_key);
}

/** Those of these people who have an open dossier or a usable code. */
export async function withOpenEnrolment(db: Kysely<Database>, people: PeopleQuery): Promise<Buffer[]> {
  const { rows } = await sql<{ person_key: Buffer }>`
    with people as materialized (${people})
    select person_key from dossier join people using (person_key) where closed_at is null
    union select person_key from provisional_code join people using (person_key)
      where used_at is null and superseded_at is null`.execute(db);
  return rows.map((row) => row.person_key);
}

/** Those of these people whose account was closed for a death. */
export async function closedForDeath(db: Kysely<Database>, people: PeopleQuery): Promise<Buffer[]> {
  const { rows } = await sql<{ person_key: Buffer }>`
    select person_key from account
    where closed_for = 'deceased' and person_key in (${people})`.execute(db);
  return rows.map((row) => row.person_key);
}

/**
 * Closes everything of people who died, or who left the register long enough ago: nobody can sign in any more, by password,
 * code or FranceConnect; sessions, dossiers, links and codes end; after a death queued notices are withheld; their address is
 * free for another account. Letters already with the printer are still posted. A few statements, however many they are.
 *
 * Locks the accounts first, then sessions and dossiers, in the order of every other event, and the ends of their trails in the
 * order of their keys. The creation of a first account has no account to lock: one that commits first is closed here, once its
 * session and its dossier were waited for; a later one finds them ended.
 */
export async function closeFor(
  trx: Kysely<Database>,
  why: ClosedFor,
  people: readonly Buffer[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  const standing = await closeAccountsFor(trx, people, why, now);
  await endSessionsOf(trx, people);
  await closeDossiers(trx, people, now);
  const created = await closeAccountsFor(trx, people, why, now);
  if (created.length > 0)
    await endSessionsOf(
      trx,
      created.map(({ personKey }) => personKey),
    );
  await releaseAddresses(trx, [...standing, ...created]);
  await forgetDevices(trx, people);
  await supersedeConfirmations(trx, people, confirmationPurposes, now);
  await supersedeCodes(trx, people, now);
  if (why === 'deceased') await withholdWaiting(trx, people, why, now);
  await recordAll(trx, accountClosed, eventsOf(people, why, now));
}

/**
 * Reopens the accounts of people whom the register reported as dead or gone by mistake: with their former status and
 * password, and their address unless another account has claimed it meanwhile. Sessions, links and codes stay ended. Returns
 * whose accounts it reopened.
 */
export async function reopenFor(
  trx: Kysely<Database>,
  why: ClosedFor,
  people: readonly Buffer[],
  now: Date,
): Promise<readonly Buffer[]> {
  const reopened = await reopenAccounts(trx, people, why);
  if (reopened.length === 0) return [];
  await claimAddressesAgain(trx, reopened, now);
  const theirs = reopened.map(({ personKey }) => personKey);
  await recordAll(trx, accountReopened, eventsOf(theirs, why, now));
  return theirs;
}

function eventsOf(people: readonly Buffer[], why: ClosedFor, at: Date) {
  const details = { by: 'register', for: why === 'left' ? 'departure' : 'death' } as const;
  return people
    .toSorted(Buffer.compare)
    .map((person) => ({ person, actor: { kind: 'system' }, at, details }) as const);
}
