import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

export interface NoticeCounts {
  readonly byState: readonly { readonly state: string; readonly channel: string; readonly count: number }[];
  /** How long the oldest one of each channel has been waiting. */
  readonly oldestWaitingSeconds: readonly { readonly channel: string; readonly seconds: number }[];
  /** Given up: somebody has to look. */
  readonly deadLetters: number;
}

/** For metrics: states, how long the oldest waits, dead letters. No person in it. */
export async function countNotices(db: Kysely<Database>, now: Date): Promise<NoticeCounts> {
  const { rows } = await sql<{ state: string; channel: string; count: string; dead: string; oldest: Date }>`
    select state, channel, count(*) as count, count(*) filter (where reason like 'gave-up-%') as dead,
      min(created_at) as oldest
    from notice group by state, channel`.execute(db);
  const waiting = new Map<string, number>();
  for (const { state, channel, oldest } of rows) {
    if (state !== 'queued' && state !== 'deferred') continue;
    const seconds = Math.max(0, (now.getTime() - oldest.getTime()) / 1000);
    waiting.set(channel, Math.max(seconds, waiting.get(channel) ?? 0));
  }
  return {
    byState: rows.map(({ state, channel, count }) => ({ state, channel, count: Number(count) })),
    oldestWaitingSeconds: [...waiting].map(([channel, seconds]) => ({ channel, seconds })),
    deadLetters: rows.reduce((sum, { state, dead }) => (state === 'refused' ? sum + Number(dead) : sum), 0),
  };
}

export interface KindCount {
  readonly state: string;
  readonly channel: string;
  readonly kind: string;
  readonly count: number;
  readonly oldestAt: Date;
}

/** For operators: what waits and what became of the rest, by kind. */
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
