import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';

/** A notice that was given up. An operator corrects the cause, then retries it. */
export interface DeadLetter {
  readonly id: string;
  readonly kind: string;
  readonly channel: string;
  readonly reason: string;
  readonly createdAt: Date;
  /** Whether its content is still stored. */
  readonly canRetry: boolean;
}

/** The oldest first. */
export async function listDeadLetters(db: Kysely<Database>, atMost: number): Promise<DeadLetter[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'kind', 'channel', 'reason', 'created_at'])
    .select((eb) => eb('content', 'is not', null).as('hasContent'))
    .where('state', '=', 'refused')
    .where('reason', 'like', 'gave-up-%')
    .orderBy('created_at')
    .limit(atMost)
    .execute();
  return rows.map(({ id, kind, channel, reason, created_at, hasContent }) => ({
    id,
    kind,
    channel,
    reason: reason ?? '',
    createdAt: created_at,
    canRetry: Boolean(hasContent),
  }));
}

/**
 * Queues dead letters again as new ones: one by its id (also one that was refused or bounced), or all that were given
 * up, except those whose content was erased. Returns how many.
 */
export async function retryDeadLetters(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  which: string | 'all',
  now: Date,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const again = trx
      .updateTable('notice')
      .set({
        state: 'queued',
        reason: null,
        tries: 0,
        retried_at: now,
        handed_over_at: null,
        delayed_at: null,
        settled_at: null,
        not_before: null,
        unended: 0,
        followed_up_at: null,
      })
      .where('channel', '!=', 'letter')
      .where('content', 'is not', null)
      .returning(['person_key', 'id']);
    const rows = await (which === 'all'
      ? again.where('state', '=', 'refused').where('reason', 'like', 'gave-up-%')
      : again.where('id', '=', which).where('state', 'in', ['refused', 'bounced'])
    ).execute();
    await enqueueDeliveries(trx, jobs, rows);
    return rows.length;
  });
}
