import { readdirSync, readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { lockTimeout, withPatience } from '#src/database/patience.ts';
import type { Database } from '#src/database/tables.ts';

const folder = new URL('./migrations/', import.meta.url);

export interface Migration {
  readonly name: string;
  readonly text: string;
}

export function readMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}

/** Called each time that something holds a lock which a migration needs. */
export type OnWait = (what: string) => void;

/**
 * Runs the numbered `.sql` files that this database has not seen, in order, on one session; the caller sees to it that
 * nobody else does. Answers the names of those that ran.
 *
 * Each is a transaction of its own that gives up all that it holds where it does not get a lock within `lockTimeout`,
 * and comes again: what waits behind it is not held up for longer. A file that begins with `-- outside a transaction` is run
 * a statement at a time, each of which may be run again: indexes that are built concurrently.
 */
export async function migrate(
  db: Kysely<Database>,
  { migrations = readMigrations(), onWait }: { migrations?: readonly Migration[]; onWait?: OnWait } = {},
): Promise<string[]> {
  await sql`create table if not exists migration (name text primary key, at timestamptz not null default now())`.execute(
    db,
  );
  const done = new Set(
    (await sql<{ name: string }>`select name from migration`.execute(db)).rows.map(({ name }) => name),
  );
  const missing = migrations.filter(({ name }) => !done.has(name));
  for (const migration of missing) {
    if (/^-- outside a transaction\b/.test(migration.text)) await runOutside(db, migration);
    else
      await withPatience(
        () => runInside(db, migration),
        () => onWait?.(migration.name),
      );
  }
  return missing.map(({ name }) => name);
}

async function runInside(db: Kysely<Database>, { name, text }: Migration): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`set local lock_timeout = ${sql.lit(lockTimeout)}`.execute(trx);
    await sql.raw(text).execute(trx);
    await sql`insert into migration (name) values (${name})`.execute(trx);
  });
}

/** Builds of indexes wait for older transactions to end, and hold up nobody meanwhile: without limit of time. */
async function runOutside(db: Kysely<Database>, { name, text }: Migration): Promise<void> {
  await sql`set statement_timeout = 0`.execute(db);
  try {
    for (const statement of text.split(/;\s*$/m).filter((one) => one.replace(/--.*/g, '').trim() !== '')) {
      await dropUnfinished(db, statement);
      await sql.raw(statement).execute(db);
    }
    await sql`insert into migration (name) values (${name})`.execute(db);
  } finally {
    await sql`reset statement_timeout`.execute(db);
  }
}

/** A build that was killed leaves an index which is never used, and which `if not exists` would keep. */
async function dropUnfinished(db: Kysely<Database>, statement: string): Promise<void> {
  const [, index] =
    /create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(\w+)/i.exec(statement) ?? [];
  if (index === undefined) return;
  const { rows } = await sql`
    select from pg_index where indexrelid = to_regclass(${index}) and not indisvalid`.execute(db);
  if (rows.length > 0) await sql`drop index concurrently ${sql.id(index)}`.execute(db);
}

/**
 * The names of the migrations that this version of the program expects and the database has not run: all of them
 * when it is empty.
 */
export async function pendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const ran = new Set(await ranMigrations(db));
  return readMigrations()
    .map(({ name }) => name)
    .filter((name) => !ran.has(name));
}

/** The names of the migrations that a newer version of the program has run on this database. */
export async function unknownMigrations(db: Kysely<Database>): Promise<string[]> {
  const known = new Set(readMigrations().map(({ name }) => name));
  return (await ranMigrations(db)).filter((name) => !known.has(name));
}

async function ranMigrations(db: Kysely<Database>): Promise<string[]> {
  const begun = await sql<{ known: boolean }>`select to_regclass('migration') is not null as known`.execute(
    db,
  );
  if (!begun.rows[0]?.known) return [];
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
