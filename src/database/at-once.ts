import type { Compilable, Kysely } from 'kysely';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { isSpread } from '#src/database/dialect.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

/** An insert, update or delete that is not run yet, or a select that locks rows or calls a function that writes. */
export interface Write {
  readonly query: Compilable;
  readonly isSelect?: true;
  /** Whether nothing is written at all unless this changes a row. */
  readonly isRequired: boolean;
}

/** A write without which the others must not happen: of a session that may have ended, a version that may be over. */
export function required(query: Compilable): Write {
  return { query, isRequired: true };
}

/** As `required`, for a select that finds its row and locks it, or whose function gives a row when it may go on. */
export function requiredSelect(query: Compilable): Write {
  return { query, isRequired: true, isSelect: true };
}

/** A write that may change no row. */
export function also(query: Compilable): Write {
  return { query, isRequired: false };
}

/** As `also`, for a select whose function writes. */
export function alsoSelect(query: Compilable): Write {
  return { query, isRequired: false, isSelect: true };
}

/** Raised by `require_change` (migration 0001). */
const nothingChanged = 'CA001';

/**
 * Runs writes as one statement, which needs no transaction around it: one round trip, all of them or none, in the order
 * of the list (ADR 0032 says what holds it). False, with nothing written, when a required one changes no row.
 *
 * All of them see the rows as they were before: none may depend on what another one writes. In a transaction, a failure
 * leaves nothing to do but to roll it back.
 *
 * Where tables are distributed, the writes are a transaction, each placed by itself (ADR 0047).
 */
export async function atOnce(db: Kysely<Database>, writes: readonly Write[]): Promise<boolean> {
  if (isSpread(db)) return oneByOne(db, writes);
  const steps: string[] = [];
  const counts: string[] = [];
  const values: unknown[] = [];
  for (const [index, { query, isRequired, isSelect }] of writes.entries()) {
    const { sql, parameters } = query.compile();
    const before = values.length;
    const text = sql.replace(/\$(\d+)/g, (_, position) => `$${before + Number(position)}`);
    steps.push(`w${index} as (${text}${isSelect ? '' : ' returning 1'})`);
    const count = `(select count(*) from w${index})`;
    counts.push(isRequired ? `require_change(${count})` : count);
    values.push(...parameters);
  }
  try {
    await db.executeQuery(prepared(`with ${steps.join(', ')} select ${counts.join(', ')}`, values));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === nothingChanged) return false;
    throw error;
  }
}

async function oneByOne(db: Kysely<Database>, writes: readonly Write[]): Promise<boolean> {
  if (!db.isTransaction)
    return (await allOrNothing(db, async (trx) => ((await oneByOne(trx, writes)) ? true : null))) ?? false;
  for (const { query, isRequired, isSelect } of writes) {
    const { sql, parameters } = query.compile();
    const { rows } = await db.executeQuery(prepared(isSelect ? sql : `${sql} returning 1`, parameters));
    if (isRequired && rows.length === 0) return false;
  }
  return true;
}
