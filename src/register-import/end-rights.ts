import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import {
  closeDeceased,
  closedForDeath,
  reopenLiving,
  withSomethingOpen,
} from '#src/lifecycle/close-deceased.ts';

/** Whose accounts an import closes and reopens. */
export interface RightsEnded {
  /** They died, and have something open. */
  readonly closed: readonly Buffer[];
  /** They were reported dead by mistake. */
  readonly reopened: readonly Buffer[];
}

/**
 * Only a death closes an account. Other obstacles to enrolment (another régime, a dependant, a NIR that is no longer
 * certified) are checked at each enrolment and each code, so that no new account is opened; an existing account stays,
 * because its content concerns the period of those rights.
 *
 * All of whom the staged file speaks are looked at, changed or not.
 */
export async function rightsEnded(db: Kysely<Database>): Promise<RightsEnded> {
  const deceased = sql<{ person_key: Buffer }>`select person_key from register_staged where deceased`;
  const living = sql<{
    person_key: Buffer;
  }>`select person_key from register_staged where kind = 'person' and not deceased`;
  return { closed: await withSomethingOpen(db, deceased), reopened: await closedForDeath(db, living) };
}

/** Person by person in the order of their keys, at the end of an import: accounts are locked for a moment only. */
export async function endRights(
  trx: Kysely<Database>,
  { closed, reopened }: RightsEnded,
  now: Date,
): Promise<void> {
  for (const person of closed.toSorted(Buffer.compare)) await closeDeceased(trx, person, now);
  for (const person of reopened.toSorted(Buffer.compare)) await reopenLiving(trx, person, now);
}
