import { type Kysely, sql } from 'kysely';
import type { Migration } from '#src/database/migrate.ts';
import { type Effect, effectsOf, whoWaits } from '#src/database/plan/effects.ts';
import { runsOutside } from '#src/database/plan/rules.ts';
import { statementsOf } from '#src/database/plan/split.ts';
import type { Database } from '#src/database/tables.ts';

/** A migration that has not run: what it would lock, and for how long. */
export interface Planned {
  readonly name: string;
  readonly outside: boolean;
  readonly locks: readonly PlannedLock[];
  /** Statements that nobody but a reader understands: their beginnings. */
  readonly unknown: readonly string[];
}

export interface PlannedLock extends Effect {
  /** Null where the server has no statistics yet. */
  readonly rows: number | null;
  /** Of the work under this lock; null where nothing depends on rows. */
  readonly seconds: number | null;
}

/** How many rows of a table tell how fast this server is. */
const sampled = 50_000;

/**
 * Says what migrations would do. Reads a sample of the tables that have to be read, sorted or written, in a temporary
 * table; changes nothing, and holds up nobody. `now` in milliseconds.
 */
export async function planMigrations(
  db: Kysely<Database>,
  migrations: readonly Migration[],
  now: () => number,
): Promise<readonly Planned[]> {
  const made = new Set<string>();
  const planned: Planned[] = [];
  for (const migration of migrations) {
    const locks: PlannedLock[] = [];
    const unknown: string[] = [];
    for (const statement of statementsOf(migration.text))
      for (const effect of effectsOf(statement)) {
        if (effect.kind === 'unknown') unknown.push(statement.slice(0, 70));
        if (effect.kind === 'new' && effect.table !== null) made.add(effect.table);
        if (effect.kind === 'lock' && !made.has(effect.table))
          locks.push(await measuredLock(db, effect, statement, now));
      }
    planned.push({ name: migration.name, outside: runsOutside(migration), locks: merged(locks), unknown });
  }
  return planned;
}

/** Of several locks of a table for the same work, the strongest, with the time of all of them. */
function merged(locks: readonly PlannedLock[]): readonly PlannedLock[] {
  const found = new Map<string, PlannedLock>();
  for (const lock of locks) {
    const key = `${lock.table} ${lock.mode} ${lock.work}`;
    const before = found.get(key);
    const seconds = before?.seconds == null ? lock.seconds : before.seconds + (lock.seconds ?? 0);
    found.set(key, { ...lock, seconds });
  }
  return [...found.values()];
}

async function measuredLock(
  db: Kysely<Database>,
  effect: Effect,
  statement: string,
  now: () => number,
): Promise<PlannedLock> {
  const rows = await rowsOf(db, effect.table);
  if (effect.work === 'none') return { ...effect, rows, seconds: null };
  const measured = await measureSample(db, effect, statement, now);
  // An index that is built concurrently reads the table twice.
  const passes = effect.concurrently ? 2 : 1;
  const seconds =
    (measured.ms / 1000 / Math.max(1, measured.rows)) * Math.max(rows ?? 0, measured.rows) * passes;
  return { ...effect, rows, seconds };
}

/** By the statistics of the server, its partitions included. */
async function rowsOf(db: Kysely<Database>, table: string): Promise<number | null> {
  const { rows } = await sql<{ rows: number | null }>`
    select sum(nullif(reltuples, -1))::float8 as rows
    from pg_class where oid = to_regclass(${table})
      or oid in (select inhrelid from pg_inherits where inhparent = to_regclass(${table}))`.execute(db);
  return rows[0]?.rows ?? null;
}

/** Does to a part of the rows what would be done to all of them, and undoes it. */
async function measureSample(
  db: Kysely<Database>,
  { table, work }: Effect,
  statement: string,
  now: () => number,
): Promise<{ readonly rows: number; readonly ms: number }> {
  const trx = await db.startTransaction().execute();
  const timed = async (run: () => Promise<unknown>): Promise<number> => {
    const start = now();
    await run();
    return now() - start;
  };
  try {
    await sql`set local statement_timeout = 0`.execute(trx);
    const copying = await timed(() =>
      sql`create temporary table plan_sample on commit drop as
        select * from ${sql.id(...table.split('.'))} limit ${sql.lit(sampled)}`.execute(trx),
    );
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::integer as count from pg_temp.plan_sample`.execute(trx);
    const count = rows[0]?.count ?? 0;
    if (work === 'rewrite' || work === 'rows') return { rows: count, ms: copying };
    const index = /^create (?:unique )?index .*? on (?:only )?\S+ (.*)$/i.exec(statement)?.[1];
    const ms = await timed(() =>
      work === 'index' && index
        ? sql`create index on pg_temp.plan_sample ${sql.raw(index)}`.execute(trx)
        : sql`select count(sample::text) from pg_temp.plan_sample sample`.execute(trx),
    );
    return { rows: count, ms };
  } finally {
    await trx.rollback().execute();
  }
}

/** `account (1204000 rows): SHARE UPDATE EXCLUSIVE, reads and writes go on; an index is built, about 4 s`. */
export function describeLock({ table, mode, work, rows, seconds }: PlannedLock): string {
  const does: Readonly<Record<PlannedLock['work'], string>> = {
    none: 'for a moment, no row is read or written',
    scan: 'all rows are read',
    index: 'an index is built',
    rewrite: 'every row is written anew',
    rows: 'the rows that it changes stay locked until the end',
  };
  const time =
    seconds === null ? '' : `, ${seconds < 1 ? 'less than a second' : `about ${Math.ceil(seconds)} s`}`;
  const size = rows === null ? 'not analysed yet' : `${Math.round(rows)} rows`;
  return `${table} (${size}): ${mode}, ${whoWaits[mode]}; ${does[work]}${time}`;
}
