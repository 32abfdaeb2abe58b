import { type Compilable, type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** How many deposits one mail counts at most. */
const mostCounted = 1_000;

/** A person with an account who is to be told of deposits. */
export interface Announced {
  readonly personKey: Buffer;
  readonly dueAt: Date;
  /** Of each deposit, the number of whom it is about (`src/rights/members.ts`). */
  readonly members: readonly number[];
}

/**
 * Has people told of deposits (avis de dépôt), each once in `announced`, in the order of their keys: together with what came
 * since the last mail, and no later than was announced for that.
 */
export function announcingDeposits(db: Kysely<Database>, announced: readonly Announced[]): Compilable {
  return db
    .insertInto('avis')
    .values(
      announced.map(({ personKey, dueAt, members }) => ({
        person_key: personKey,
        due_at: dueAt,
        members: members.slice(0, mostCounted),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('person_key').doUpdateSet({
        due_at: sql`least(avis.due_at, excluded.due_at)`,
        members: sql`(avis.members || excluded.members)[:${sql.lit(mostCounted)}]`,
      }),
    );
}

/** Who is to be told now, the longest waiting first, and of what. */
export async function dueAvis(
  db: Kysely<Database>,
  now: Date,
  atMost: number,
): Promise<readonly { readonly personKey: Buffer; readonly members: readonly number[] }[]> {
  const rows = await db
    .selectFrom('avis')
    .select(['person_key', 'members'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(atMost)
    .execute();
  return rows.map(({ person_key: personKey, members }) => ({ personKey, members }));
}

/** Takes an avis away, as it was read; changes no row when a deposit came meanwhile, or when another node took it. */
export function takingAvis(db: Kysely<Database>, personKey: Buffer, members: readonly number[]): Compilable {
  return db
    .deleteFrom('avis')
    .where('person_key', '=', personKey)
    .where(sql<boolean>`members = ${[...members]}::integer[]`);
}

/** Has what waits told at another time: the person chose another frequency. */
export function retimingAvis(db: Kysely<Database>, personKey: Buffer, dueAt: Date): Compilable {
  return db.updateTable('avis').set({ due_at: dueAt }).where('person_key', '=', personKey);
}

/** Has nothing told by mail of what waits: the person unsubscribed. */
export function droppingAvis(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('avis').where('person_key', '=', personKey);
}

/** Since when the avis that waits longest is overdue; null when none is. */
export async function overdueSince(db: Kysely<Database>, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('avis')
    .select('due_at')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}
