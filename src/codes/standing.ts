import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Ends every provisional code of a person that was neither used nor replaced. */
export async function supersedeCodes(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('provisional_code')
    .set({ superseded_at: now })
    .where('person_key', '=', personKey)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .execute();
}

/** Ends the code that a notice carries, unless it was used or replaced. */
export async function supersedeCodeOf(
  trx: Kysely<Database>,
  personKey: Buffer,
  noticeId: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('provisional_code')
    .set({ superseded_at: now })
    .where('person_key', '=', personKey)
    .where('notice_id', '=', noticeId)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .execute();
}

/**
 * Moves the last instant of the code that a notice carries, never to an earlier one. Answers the last instant as it is
 * then; null when the code was used or replaced.
 */
export async function extendCodeOf(
  db: Kysely<Database>,
  personKey: Buffer,
  noticeId: string,
  deadAt: Date,
): Promise<Date | null> {
  const code = await db
    .updateTable('provisional_code')
    .set({ dead_at: sql`greatest(dead_at, ${deadAt})` })
    .where('person_key', '=', personKey)
    .where('notice_id', '=', noticeId)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .returning('dead_at')
    .executeTakeFirst();
  return code?.dead_at ?? null;
}

/** The ids of those among these people’s notices whose code can still be used. */
export async function noticesWithLiveCode(
  db: Kysely<Database>,
  notices: readonly { readonly personKey: Buffer; readonly id: string }[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('provisional_code')
    .select('notice_id')
    .where(sql<boolean>`person_key = any(${notices.map(({ personKey }) => personKey)}::bytea[])`)
    .where(sql<boolean>`notice_id = any(${notices.map(({ id }) => id)}::uuid[])`)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.notice_id));
}
