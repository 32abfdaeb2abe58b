import { type Compilable, type Kysely, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

/** A mail that told of deposits, or a letter with a document, that did not arrive. */
export interface FailedNotice extends NoticeKey {
  readonly channel: NoticeTable['channel'];
  readonly createdAt: Date;
  readonly reason: string | null;
}

/** Those that nobody has followed up yet, the oldest first. */
export async function findUnfollowed(db: Kysely<Database>, atMost: number): Promise<readonly FailedNotice[]> {
  // Word for word the condition of the index, whose values a parameter could not name.
  const rows = await db
    .selectFrom('notice')
    .select(['person_key', 'id', 'channel', 'created_at', 'reason'])
    .where(
      sql<boolean>`kind in ('new-deposits', 'document-unread', 'document-letter')
        and state in ('refused', 'bounced', 'withheld') and followed_up_at is null`,
    )
    .orderBy('created_at')
    .limit(atMost)
    .execute();
  return rows.map(({ person_key: personKey, id, channel, created_at: createdAt, reason }) => ({
    personKey,
    id,
    channel,
    createdAt,
    reason,
  }));
}

/** Records that a notice which did not arrive was followed up; changes no row when it was before. */
export function followingUp(db: Kysely<Database>, { personKey, id }: NoticeKey, now: Date): Compilable {
  return db
    .updateTable('notice')
    .set({ followed_up_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('followed_up_at', 'is', null);
}
