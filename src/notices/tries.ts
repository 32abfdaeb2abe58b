import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

/** A notice that waits to be sent, its try counted. */
export type TriedNotice = Selectable<NoticeTable>;

/** Counts a try to send a mail or an SMS. Null when it does not wait (any more); letters are never tried. */
export async function beginTry(
  db: Kysely<Database>,
  { personKey, id }: NoticeKey,
): Promise<TriedNotice | null> {
  const row = await db
    .updateTable('notice')
    .set({ tries: sql`tries + 1` })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '!=', 'letter')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** How a try ended. `notBefore`: when the server wants to be asked again. */
export type TryEnd = { readonly notBefore: Date | null } & (
  | { readonly state: 'handed-over' }
  | { readonly state: 'deferred' | 'refused' | 'withheld'; readonly reason: string }
);

/** Notes how a try ended, unless the notice was settled meanwhile. */
export async function endTry(
  db: Kysely<Database>,
  { personKey, id }: NoticeKey,
  end: TryEnd,
  now: Date,
): Promise<void> {
  await db
    .updateTable('notice')
    .set({
      state: end.state,
      reason: end.state === 'handed-over' ? null : end.reason,
      handed_over_at: end.state === 'handed-over' ? now : null,
      settled_at: end.state === 'refused' || end.state === 'withheld' ? now : null,
      not_before: end.notBefore,
    })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'deferred'])
    .execute();
}
