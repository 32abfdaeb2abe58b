import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import {
  closeDeceased,
  closedForDeath,
  reopenLiving,
  withSomethingOpen,
} from '#src/lifecycle/close-deceased.ts';
import type { JudgedRow } from '#src/register/write-batch.ts';

/** Closes the accounts of people who died, and reopens those of people reported dead by mistake. */
export interface RightsEnded {
  note(db: Kysely<Database>, rows: readonly JudgedRow[]): Promise<void>;
  apply(trx: Kysely<Database>, now: Date): Promise<void>;
  counts(): { readonly closed: number; readonly reopened: number };
}

/**
 * Only a death closes an account. Other obstacles to enrolment (another régime, a dependant, a NIR that is no longer
 * certified) are checked at each enrolment and each code, so that no new account is opened; an existing account stays,
 * because its content concerns the period of those rights.
 *
 * Noted batch by batch, one or two queries each, and applied at the end of the import, person by person in the order of
 * their keys, so that accounts are locked for a moment only. All whom the file calls deceased are looked at, changed or
 * not.
 */
export function rightsEnded(): RightsEnded {
  const closed: Buffer[] = [];
  const reopened: Buffer[] = [];
  return {
    async note(db, rows) {
      const deceased = rows.filter((row) => row.deceased);
      const living = rows.filter((row) => row.change === 'updated' && !row.deceased);
      closed.push(...(await withSomethingOpen(db, deceased.map(personKey))));
      reopened.push(...(await closedForDeath(db, living.map(personKey))));
    },
    async apply(trx, now) {
      for (const person of closed.sort(Buffer.compare)) await closeDeceased(trx, person, now);
      for (const person of reopened.sort(Buffer.compare)) await reopenLiving(trx, person, now);
    },
    counts: () => ({ closed: closed.length, reopened: reopened.length }),
  };
}

function personKey(row: JudgedRow): Buffer {
  return row.personKey;
}
