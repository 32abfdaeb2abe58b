import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { type Jobs, noDeliveryUnderWay } from '#src/jobs/jobs.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';

const atMost = 1_000;

/**
 * Adds a job for each notice that waits without one (its process was killed, its job was lost), the oldest
 * first: a job that has been at work for longer than `stuckAfterSeconds` is none. Answers how many; several
 * processes at once take turns.
 */
export async function requeueLostNotices(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'enqueue'>,
  stuckAfterSeconds: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('requeue-lost-notices', 0))`.execute(trx);
    const lost = await trx
      .selectFrom('notice')
      .select(['person_key', 'id'])
      .where('state', 'in', ['queued', 'deferred'])
      .where('channel', '!=', 'letter')
      .where(noDeliveryUnderWay(stuckAfterSeconds))
      .orderBy('created_at')
      .limit(atMost)
      .execute();
    await enqueueDeliveries(trx, jobs, lost);
    return lost.length;
  });
}

/** Kinds whose mail opens something: their content is worth stealing. */
const withSecret = [
  'activation',
  'address-taken',
  'activation-reminder',
  'password-reset',
  'new-address',
  'provisional-code',
  'provisional-code-sms',
  'provisional-code-letter',
];

/**
 * Erases what notices said once their fate is settled: 24 hours later where they hold a link or a code,
 * 7 days otherwise. The row stays for a year (`purgeNotices`), to say that the mail was sent. Answers how many were erased.
 */
export async function purgeNoticeContent(db: Kysely<Database>, now: Date): Promise<number> {
  const hours = sql<Date>`${now}::timestamptz - make_interval(hours => case when kind = any(${withSecret}) then 24 else 168 end)`;
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set({ content: null })
    .where('content', 'is not', null)
    // Letters may have to be printed again: `purgeLetters`.
    .where('channel', '!=', 'letter')
    .where('state', 'in', ['handed-over', 'refused', 'bounced', 'withheld'])
    .where(sql<boolean>`coalesce(settled_at, handed_over_at, created_at) < ${hours}`)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

const rowDays = 365;

/** Forgets notices that were settled, and said nothing any more, a year after they were made. Answers how many. */
export async function purgeNotices(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('notice')
    .where('content', 'is', null)
    .where('state', 'in', ['handed-over', 'refused', 'bounced', 'withheld'])
    .where('created_at', '<', new Date(now.getTime() - rowDays * 86_400_000))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
