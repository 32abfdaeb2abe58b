import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Tables that the service only reads: only `compte migrate` writes them. */
const onlyRead = ['migration', 'installation'];
/** Append-only tables. */
const onlyAdded = ['audit_event'];
/** Emptied whole: what one import left there is of no use to the next one. */
const emptied = ['register_staged', 'register_part', 'register_repeated', 'register_moved'];

/**
 * Grants the runtime role the privileges that it needs and no others: on rows, never on tables. It can append to
 * the audit trail and move the ends of its chains; `purge_chain` deletes what is old. Repeating it revokes any other privilege.
 */
export async function grantRuntime(
  db: Kysely<Database>,
  role: string,
  schemas: readonly string[] = ['public', 'pgboss'],
): Promise<void> {
  const to = sql.id(role);
  for (const schema of schemas) {
    await sql`revoke all on all tables in schema ${sql.id(schema)} from ${to}`.execute(db);
    await sql`grant usage on schema ${sql.id(schema)} to ${to}`.execute(db);
    await sql`grant select, insert, update, delete on all tables in schema ${sql.id(schema)} to ${to}`.execute(
      db,
    );
  }
  for (const table of [...onlyRead, ...onlyAdded, 'audit_head', 'audit_seal'])
    await sql`revoke insert, update, delete on ${sql.table(table)} from ${to}`.execute(db);
  for (const table of onlyAdded) await sql`grant insert on ${sql.table(table)} to ${to}`.execute(db);
  for (const table of emptied) await sql`grant truncate on ${sql.table(table)} to ${to}`.execute(db);
  // Whole tables only: Citus knows no rights on columns.
  await sql`grant insert, update on audit_head to ${to}`.execute(db);
  await sql`grant insert, update on audit_seal to ${to}`.execute(db);
}
