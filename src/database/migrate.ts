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
  await sql`create table if not exists migration (name text primary key, at timestamptz not null default now())`.execute(
    db,
  );
  const ran: string[] = [];
  for (const { name, text } of migrations) {
    await db.transaction().execute(async (trx) => {
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

/** The names of the migrations that this version of the program expects and the database has not run. */
export async function pendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const done = await sql<{ name: string }>`select name from migration`.execute(db);
  const names = new Set(done.rows.map(({ name }) => name));
  return readMigrations()
    .map(({ name }) => name)
    .filter((name) => !names.has(name));
}
