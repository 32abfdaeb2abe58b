import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#src/database/tables.ts';
import { highestCount } from '#src/operations/row-counts.ts';

const channels = ['email', 'sms', 'letter'] as const;
const waitingStates = ['queued', 'deferred'] as const;
const failedStates = ['refused', 'bounced', 'withheld'] as const;

const count = z.number().int();
/** Notices by state and channel, for monitoring, without personal data; an absent state and channel has none. */
export const noticeCounts = z.object({
  waiting: z.array(
    z.object({
      state: z.enum(waitingStates),
      channel: z.enum(channels),
      count,
      /** When the oldest one was created. */
      since: z.iso.datetime(),
    }),
  ),
  /** Failed within the last 24 hours. */
  failed: z.array(z.object({ state: z.enum(failedStates), channel: z.enum(channels), count })),
  /** Given up, with their content still stored: an operator can retry them. */
  deadLetters: count,
});
export type NoticeCounts = z.infer<typeof noticeCounts>;

const dayMs = 86_400_000;

/**
 * Counts notices: statements that each read a partial index, at most `highestCount` rows of a state and channel. Decoys,
 * which are for nobody, do not count.
 */
export async function countNotices(db: Kysely<Database>, now: Date): Promise<NoticeCounts> {
  const waiting: NoticeCounts['waiting'] = [];
  for (const state of waitingStates)
    for (const channel of channels) {
      const found = await countWaiting(db, state, channel);
      if (found.since !== null)
        waiting.push({ state, channel, count: found.count, since: new Date(found.since).toISOString() });
    }
  const failed = await sql<NoticeCounts['failed'][number]>`
    select state, channel, count(*)::integer as count from (
      select state, channel from notice
      where state in ('refused', 'bounced', 'withheld') and settled_at > ${new Date(now.getTime() - dayMs)}
        and reason is distinct from 'decoy'
      limit ${highestCount}) as found
    group by state, channel`.execute(db);
  const dead = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select 1 from notice where state = 'refused' and reason like 'gave-up-%' and content is not null
      limit ${highestCount}) as found`.execute(db);
  return {
    waiting,
    failed: failed.rows,
    deadLetters: dead.rows[0]?.count ?? 0,
  };
}

/** How many notices wait, and since when: of one state and channel, whose entries in the index are in order. */
async function countWaiting(
  db: Kysely<Database>,
  state: (typeof waitingStates)[number],
  channel: (typeof channels)[number],
): Promise<{ readonly count: number; readonly since: Date | null }> {
  const { rows } = await sql<{ count: number; since: Date | null }>`
    select count(*)::integer as count, min(created_at) as since from (
      select created_at from notice
      where state in ('queued', 'deferred') and state = ${state} and channel = ${channel}
      order by created_at limit ${highestCount}) as found`.execute(db);
  return rows[0] ?? { count: 0, since: null };
}

export interface KindCount {
  readonly state: string;
  readonly channel: string;
  readonly kind: string;
  readonly count: number;
  readonly oldestAt: Date;
}

/** Counts of notices by state, channel and kind, for operators. */
export async function countByKind(db: Kysely<Database>): Promise<KindCount[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['state', 'channel', 'kind'])
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('created_at').as('oldest')])
    .groupBy(['state', 'channel', 'kind'])
    .orderBy('state')
    .orderBy('channel')
    .orderBy('kind')
    .execute();
  return rows.map(({ count, oldest, ...row }) => ({
    ...row,
    count: Number(count),
    oldestAt: new Date(oldest),
  }));
}
