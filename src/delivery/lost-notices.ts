import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { deliveriesUnderWay, type Jobs } from '#src/jobs/jobs.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';

/** Notices of one query; their jobs are then read with one more. */
const readAtOnce = 10_000;
const atMost = 1_000;

type WaitingNotice = Pick<NoticeTable, 'person_key' | 'id' | 'created_at'>;

/**
 * Adds a job for each waiting notice that has none (its process was killed, its job was lost), the oldest first. A job
 * that has been running for longer than `stuckAfterSeconds` does not count. Returns how many; concurrent processes take
 * turns.
 *
 * Notices are read before jobs: a delivery that ends in between may get a second job, which finds nothing to do.
 */
export async function requeueLostNotices(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  stuckAfterSeconds: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('requeue-lost-notices', 0))`.execute(trx);
    const lost: WaitingNotice[] = [];
    let last: WaitingNotice | undefined;
    do {
      const waiting = await waitingAfter(trx, last);
      last = waiting.length === readAtOnce ? waiting.at(-1) : undefined;
      const underWay = await deliveriesUnderWay(
        trx,
        waiting.map(({ id }) => id),
        stuckAfterSeconds,
      );
      lost.push(...waiting.filter(({ id }) => !underWay.has(id)));
    } while (last && lost.length < atMost);
    await enqueueDeliveries(trx, jobs, lost.slice(0, atMost));
    return Math.min(lost.length, atMost);
  });
}

/** One page of mails and SMS that wait to be sent, the oldest first, after the last one of the previous page. */
function waitingAfter(db: Kysely<Database>, last: WaitingNotice | undefined): Promise<WaitingNotice[]> {
  return db
    .selectFrom('notice')
    .select(['person_key', 'id', 'created_at'])
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '!=', 'letter')
    .$if(last !== undefined, (query) =>
      query.where(sql<SqlBool>`(created_at, id) > (${last?.created_at}, ${last?.id}::uuid)`),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(readAtOnce)
    .execute();
}
