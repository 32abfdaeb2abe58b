import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { deliveriesUnderWay, type Jobs } from '#src/jobs/jobs.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';

/** Notices of one query; their jobs are then read with one more. Of many more the planner would rather read all jobs. */
const readAtOnce = 1_000;
/** Of one look: with more that wait, the next look goes on after them, so that looking never costs what delivering needs. */
const mostRead = 30_000;
const atMost = 1_000;

type WaitingNotice = Pick<NoticeTable, 'person_key' | 'id' | 'created_at'>;

/**
 * What adds, at each call, a job for each waiting notice that has none (its process was killed, its job was lost), the
 * oldest first; of many that wait, each call looks at some, where the one before has ended. A job that has been running for
 * longer than `stuckAfterSeconds` does not count. Answers how many; a process that finds another one at it adds none.
 *
 * Notices are read before jobs: a delivery that ends in between may get a second job, which finds nothing to do.
 */
export function requeueingLostNotices(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  stuckAfterSeconds: number,
): () => Promise<number> {
  let last: WaitingNotice | undefined;
  return () =>
    db.transaction().execute(async (trx) => {
      const {
        rows: [turn],
      } = await sql<{ is_ours: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('requeue-lost-notices', 0)) as is_ours`.execute(trx);
      if (!turn?.is_ours) return 0;
      const lost: WaitingNotice[] = [];
      let read = 0;
      do {
        const waiting = await waitingAfter(trx, last);
        read += waiting.length;
        last = waiting.length === readAtOnce ? waiting.at(-1) : undefined;
        const underWay = await deliveriesUnderWay(
          trx,
          waiting.map(({ id }) => id),
          stuckAfterSeconds,
        );
        lost.push(...waiting.filter(({ id }) => !underWay.has(id)));
      } while (last && read < mostRead && lost.length < atMost);
      const added = lost.slice(0, atMost);
      if (lost.length > atMost) last = added.at(-1);
      await enqueueDeliveries(trx, jobs, added);
      return added.length;
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
