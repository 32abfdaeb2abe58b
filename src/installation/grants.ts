import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** What the program only reads while it serves: `compte migrate` alone writes them. */
const onlyRead = ['migration', 'installation'];
/** What is only ever added to. */
const onlyAdded = ['audit_event'];

/**
 * Gives the role that the processes connect as what they need and nothing more: rows, never tables. The trail of
 * audit events it can only add to; `purge_audit` clears what is old. Repeatable: what is granted is what stands here.
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
  await sql`grant update (sealed_seq, sealed_hash, mac) on audit_head to ${to}`.execute(db);
  await sql`grant insert, update on audit_seal to ${to}`.execute(db);
}
