import { hash } from 'node:crypto';
import { type Compilable, type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** What leads to a person and cannot carry their key: a code to type, the id in a report of a server, a link of before. */
export type SignpostKind = 'dispute-code' | 'handed-over' | 'moved-link';

export interface NewSignpost {
  readonly kind: SignpostKind;
  readonly name: string | Buffer;
  readonly personKey: Buffer;
  readonly until: Date;
}

/**
 * Says to whom names lead, so that who is asked with one looks among the rows of one person: a distributed database then
 * asks one node for the signpost and one for the person, never all of them. Repeating it changes nothing.
 */
export function puttingSignposts(db: Kysely<Database>, signposts: readonly NewSignpost[]): Compilable {
  const rows = signposts.map(({ kind, name, personKey, until }) => ({
    name_hash: nameHash(kind, name),
    person_key: personKey,
    until,
  }));
  return db
    .insertInto('signpost')
    .values(rows)
    .onConflict((conflict) => conflict.column('name_hash').doNothing());
}

/** To whom a name leads; null when nobody is known by it, or no longer. */
export async function followSignpost(
  db: Kysely<Database>,
  kind: SignpostKind,
  names: readonly (string | Buffer)[],
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('signpost')
    .select('person_key')
    .where('name_hash', '=', sql<Buffer>`any(${names.map((name) => nameHash(kind, name))}::bytea[])`)
    .executeTakeFirst();
  return row?.person_key ?? null;
}

/** Deletes all that lead to a person: by whom they lead to, which a distributed database asks every node. */
export function erasingSignposts(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('signpost').where('person_key', '=', personKey);
}

/** Deletes those that are over. Returns how many. */
export async function purgeSignposts(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('signpost').where('until', '<', now).executeTakeFirst();
  return Number(numDeletedRows);
}

function nameHash(kind: SignpostKind, name: string | Buffer): Buffer {
  const bytes = typeof name === 'string' ? Buffer.from(name, 'utf8') : name;
  return hash('sha256', Buffer.concat([Buffer.from(`${kind} `, 'utf8'), bytes]), 'buffer');
}
