import { type Kysely, sql } from 'kysely';
import { markLeft, markReturned, type People } from '#src/accounts/departures/departed-account.ts';
import { supersedeCodes } from '#src/codes/store.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossiers } from '#src/dossiers/dossier.ts';
import {
  closedForDeath,
  closeFor,
  reopenFor,
  withOpenEnrolment,
  withSomethingOpen,
} from '#src/lifecycle/close-accounts.ts';

/** Whose accounts an import closes and reopens. */
export interface RightsEnded {
  /** They died, and have something open. */
  readonly closed: readonly Buffer[];
  /** They were reported dead by mistake. */
  readonly reopened: readonly Buffer[];
}

/**
 * Only a death closes an account at once. Of who left the register it stays open for the days of the policy
 * (`followDepartures`). Other obstacles to enrolment (another régime, a dependant, a NIR that is no longer certified) are
 * checked at each enrolment and each code, so that no new account is opened; an existing account stays, because its content
 * concerns the period of those rights.
 *
 * All of whom the staged file speaks are looked at, changed or not.
 */
export async function rightsEnded(db: Kysely<Database>): Promise<RightsEnded> {
  const deceased: People = sql`select person_key from register_staged where deceased`;
  const living: People = sql`select person_key from register_staged where kind in ('person', 'same') and not deceased`;
  return { closed: await withSomethingOpen(db, deceased), reopened: await closedForDeath(db, living) };
}

const peopleAtOnce = 1_000;

/** A thousand people at a time, in the order of their keys, at the end of an import: accounts are locked for a moment only. */
export async function endRights(
  trx: Kysely<Database>,
  { closed, reopened }: RightsEnded,
  now: Date,
): Promise<void> {
  for (const people of inParts(closed)) await closeFor(trx, 'deceased', people, now);
  for (const people of inParts(reopened)) await reopenFor(trx, 'deceased', people, now);
}

/** Who leaves keeps their account for a while, and nothing goes on that would open one; who comes back keeps it for good. */
export async function moveAccounts(
  trx: Kysely<Database>,
  kept: { readonly since: Date; readonly until: Date },
  now: Date,
): Promise<void> {
  const left: People = sql`select person_key from register_moved where what = 'left'`;
  await markLeft(trx, left, kept);
  await markReturned(trx, sql`select person_key from register_moved where what = 'returned'`);
  for (const people of inParts(await withOpenEnrolment(trx, left))) {
    await closeDossiers(trx, people, now);
    await supersedeCodes(trx, people, now);
  }
}

function* inParts(people: readonly Buffer[]): Generator<readonly Buffer[]> {
  const sorted = people.toSorted(Buffer.compare);
  for (let at = 0; at < sorted.length; at += peopleAtOnce) yield sorted.slice(at, at + peopleAtOnce);
}
