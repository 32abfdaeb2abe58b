import type { Kysely } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKind } from '#src/notices/notice.ts';

/** What the delivery pages show a recipient about one notice. */
export type NoticeFate = Pick<
  NoticeTable,
  'state' | 'reason' | 'created_at' | 'handed_over_at' | 'delivered_at' | 'delayed_at'
>;

/**
 * What the person is shown. `late`: delayed on our side, it leaves as soon as possible; `waiting`: delayed by their
 * provider, before or after accepting it; `failed`: failed on our side, the person has to request another one.
 */
export type ShownFate =
  | { readonly kind: 'on-its-way' | 'late' | 'waiting' | 'refused' | 'failed' | 'too-many' }
  | { readonly kind: 'handed-over' | 'delivered'; readonly at: Date };

const lateAfterMs = 120_000;

export function shownFate(fate: NoticeFate, now: Date): ShownFate {
  const { state, reason, delivered_at, delayed_at, handed_over_at, created_at } = fate;
  switch (state) {
    case 'queued':
      return { kind: now.getTime() - created_at.getTime() > lateAfterMs ? 'late' : 'on-its-way' };
    case 'deferred':
      return { kind: /^(smtp|sms)-/.test(reason ?? '') ? 'waiting' : 'late' };
    case 'handed-over':
      if (delivered_at) return { kind: 'delivered', at: delivered_at };
      if (delayed_at) return { kind: 'waiting' };
      return { kind: 'handed-over', at: handed_over_at ?? created_at };
    case 'bounced':
      return { kind: 'refused' };
    case 'refused':
      return { kind: /^(smtp|sms)-|^not-mobile$/.test(reason ?? '') ? 'refused' : 'failed' };
    case 'withheld':
      return { kind: reason === 'too-many' ? 'too-many' : 'failed' };
  }
}

/** The state of a person's latest notice of these kinds; null when there is none. */
export async function latestFate(
  db: Kysely<Database>,
  personKey: Buffer,
  kinds: readonly NoticeKind[],
): Promise<NoticeFate | null> {
  const row = await db
    .selectFrom('notice')
    .select(['state', 'reason', 'created_at', 'handed_over_at', 'delivered_at', 'delayed_at'])
    .where('person_key', '=', personKey)
    .where('kind', 'in', kinds)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
