import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { isSpread } from '#src/database/dialect.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

/** Built anew by Kysely, or of a fixed text (`prepared`) where it is hot. */
export type WriteQuery = Compilable | CompiledQuery;

/** An insert, update or delete that is not run yet, or a select that locks rows or calls a function that writes. */
export interface Write {
  readonly query: WriteQuery;
  readonly isSelect?: true;
  /** Whether nothing is written at all unless this changes a row. */
  readonly isRequired: boolean;
}

/** A write without which the others must not happen: of a session that may have ended, a version that may be over. */
export function required(query: WriteQuery): Write {
  return { query, isRequired: true };
}

/** As `required`, for a select that finds its row and locks it, or whose function gives a row when it may go on. */
export function requiredSelect(query: Compilable): Write {
  return { query, isRequired: true, isSelect: true };
}

/** A write that may change no row. */
export function also(query: WriteQuery): Write {
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
  const compiled = writes.map(compiledWrite);
  const values = compiled.flatMap(({ parameters }) => parameters);
  try {
    await db.executeQuery(prepared(joinedText(compiled), values));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === nothingChanged) return false;
    throw error;
  }
}

interface CompiledWrite extends Pick<CompiledQuery, 'sql' | 'parameters'> {
  readonly isRequired: boolean;
  readonly isSelect?: true | undefined;
}

function compiledWrite({ query, isRequired, isSelect }: Write): CompiledWrite {
  const { sql, parameters } = 'compile' in query ? query.compile() : query;
  return { sql, parameters, isRequired, isSelect };
}

/** The texts of writes put together, by their own. */
const joined = new Map<string, string>();

/** The text of all writes: put together once, for it is the same whenever the code says the same list. */
function joinedText(writes: readonly CompiledWrite[]): string {
  const key = writes.map(({ sql, isRequired }) => `${isRequired ? 'required' : 'also'} ${sql}`).join(';');
  const text = joined.get(key) ?? join(writes);
  joined.set(key, text);
  return text;
}

function join(writes: readonly CompiledWrite[]): string {
  const steps: string[] = [];
  const counts: string[] = [];
  let before = 0;
  for (const [index, { sql, parameters, isRequired, isSelect }] of writes.entries()) {
    const text = sql.replace(/\$(\d+)/g, (_, position) => `$${before + Number(position)}`);
    steps.push(`w${index} as (${text}${isSelect ? '' : ' returning 1'})`);
    const count = `(select count(*) from w${index})`;
    counts.push(isRequired ? `require_change(${count})` : count);
    before += parameters.length;
  }
  return `with ${steps.join(', ')} select ${counts.join(', ')}`;
}

async function oneByOne(db: Kysely<Database>, writes: readonly Write[]): Promise<boolean> {
  if (!db.isTransaction)
    return (await allOrNothing(db, async (trx) => ((await oneByOne(trx, writes)) ? true : null))) ?? false;
  for (const { sql, parameters, isRequired, isSelect } of writes.map(compiledWrite)) {
    const { rows } = await db.executeQuery(prepared(isSelect ? sql : `${sql} returning 1`, parameters));
    if (isRequired && rows.length === 0) return false;
  }
  return true;
}
