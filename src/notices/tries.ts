import { type Compilable, type Kysely, type Selectable, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';
import type { DeferralReason, DeliveryRefusal, WithholdingReason } from '#src/notices/reasons.ts';

/** A notice that waits to be sent, with this attempt counted. */
export type TriedNotice = Selectable<NoticeTable>;

/**
 * Counts an attempt to send a mail or an SMS, unless it is too early for one. Null when the notice is not waiting (any
 * more), or is a letter.
 */
export async function beginTry(
  db: Kysely<Database>,
  { personKey, id }: NoticeKey,
  now: Date,
): Promise<TriedNotice | null> {
  const row = await db
    .updateTable('notice')
    .set({
      tries: sql`tries + 1`,
      unended: sql`case when not_before > ${now} then unended else unended + 1 end`,
    })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '!=', 'letter')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** How an attempt ended. `notBefore`: the earliest retry that the server accepts. */
export type TryEnd = { readonly notBefore: Date | null } & (
  | { readonly state: 'handed-over' }
  | { readonly state: 'deferred'; readonly reason: DeferralReason }
  | { readonly state: 'refused'; readonly reason: DeliveryRefusal }
  | { readonly state: 'withheld'; readonly reason: WithholdingReason }
);

/** Records how an attempt ended; changes no row when the notice was settled meanwhile. */
export function endingTry(
  db: Kysely<Database>,
  { personKey, id }: NoticeKey,
  end: TryEnd,
  now: Date,
): Compilable {
  return db
    .updateTable('notice')
    .set({
      state: end.state,
      reason: end.state === 'handed-over' ? null : end.reason,
      handed_over_at: end.state === 'handed-over' ? now : null,
      settled_at: end.state === 'refused' || end.state === 'withheld' ? now : null,
      not_before: end.notBefore,
      unended: 0,
    })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'deferred']);
}
