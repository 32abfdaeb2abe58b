import { readdirSync, readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
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

/**
 * Runs the numbered `.sql` files that this database has not seen, each in its own transaction, in order;
 * two processes that start together take turns. Answers the names of those that ran.
 */
export async function migrate(db: Kysely<Database>, migrations = readMigrations()): Promise<string[]> {
  await db.transaction().execute(async (trx) => {
    await withoutTimeLimit(trx);
    await sql`select pg_advisory_xact_lock(hashtextextended('migration', 0))`.execute(trx);
    await sql`create table if not exists migration (name text primary key, at timestamptz not null default now())`.execute(
      trx,
    );
  });
  const ran: string[] = [];
  for (const { name, text } of migrations) {
    await db.transaction().execute(async (trx) => {
      await withoutTimeLimit(trx);
      await sql`lock table migration in exclusive mode`.execute(trx);
      const done = await sql`select 1 from migration where name = ${name}`.execute(trx);
      if (done.rows.length > 0) return;
      await sql.raw(text).execute(trx);
      await sql`insert into migration (name) values (${name})`.execute(trx);
      ran.push(name);
    });
  }
  return ran;
}

/** A migration, and the wait for that of another process, take as long as they take. */
async function withoutTimeLimit(trx: Kysely<Database>): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(trx);
}

/**
 * The names of the migrations that this version of the program expects and the database has not run: all of them
 * when it is empty.
 */
export async function pendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const begun = await sql<{ known: boolean }>`select to_regclass('migration') is not null as known`.execute(
    db,
  );
  const done = begun.rows[0]?.known
    ? (await sql<{ name: string }>`select name from migration`.execute(db)).rows
    : [];
  const names = new Set(done.map(({ name }) => name));
  return readMigrations()
    .map(({ name }) => name)
    .filter((name) => !names.has(name));
}
