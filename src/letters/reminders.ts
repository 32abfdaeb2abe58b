import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

/** A posted letter whose code is valid and unused. */
export interface UnusedLetter extends NoticeKey {
  readonly language: string;
  /** When its code expires. */
  readonly until: Date;
}

/** Letters posted (or handed over) before an instant whose code is unused and that had no reminder yet. */
export async function findUnusedLetters(
  db: Kysely<Database>,
  postedBefore: Date,
  atMost: number,
  now: Date,
): Promise<readonly UnusedLetter[]> {
  const rows = await db
    .selectFrom('letter as l')
    .innerJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'l.person_key').onRef('n.id', '=', 'l.id'),
    )
    .innerJoin('provisional_code as c', (join) =>
      join.onRef('c.person_key', '=', 'l.person_key').onRef('c.notice_id', '=', 'l.id'),
    )
    .select(['l.person_key', 'l.id', 'n.language', 'c.dead_at'])
    .where('l.reminded_at', 'is', null)
    .where('l.state', '<>', 'returned')
    .where('l.requested_at', '<', postedBefore)
    .where(({ eb, fn }) => eb(fn.coalesce('l.posted_at', 'n.handed_over_at'), '<', postedBefore))
    .where('c.used_at', 'is', null)
    .where('c.superseded_at', 'is', null)
    .where('c.dead_at', '>', now)
    .orderBy('l.requested_at')
    .limit(atMost)
    .execute();
  return rows.map(({ person_key: personKey, id, language, dead_at: until }) => ({
    personKey,
    id,
    language,
    until,
  }));
}

/** Records that a letter had its reminder, or that there was no channel for one. False if it was recorded before. */
export async function markReminded(
  trx: Kysely<Database>,
  { personKey, id }: NoticeKey,
  now: Date,
): Promise<boolean> {
  const marked = await trx
    .updateTable('letter')
    .set({ reminded_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('reminded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return marked !== undefined;
}
