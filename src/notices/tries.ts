import { type Compilable, type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';
import type { DeferralReason, DeliveryRefusal, WithholdingReason } from '#src/notices/reasons.ts';

/** A notice that waits to be sent, with this attempt counted. */
export type TriedNotice = Selectable<NoticeTable>;

/**
 * Whether a notice waits to be sent, in a statement that finds it by its key. `state` alone would let the planner take the
 * index of all that wait instead of the key, as long as it believes that none do: it counts them now and then, and after a
 * quiet night each of a million mails would read the million.
 */
export const isWaiting = sql<SqlBool>`(state || '') in ('queued', 'deferred')`;

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
    .where(isWaiting)
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

/** The notice, kept as it is while it still waits to be sent. */
export function holdingWaiting(db: Kysely<Database>, { personKey, id }: NoticeKey): Compilable {
  return db
    .selectFrom('notice')
    .select('id')
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where(isWaiting)
    .forUpdate();
}

/** Settled while it was being sent: what left, left. */
const isWithheld = sql<SqlBool>`state = 'withheld'`;

/**
 * Records how an attempt ended; changes no row when the notice was settled meanwhile, unless it left although it was to be
 * withheld.
 */
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
    .where((eb) => (end.state === 'handed-over' ? eb.or([isWaiting, isWithheld]) : isWaiting));
}
