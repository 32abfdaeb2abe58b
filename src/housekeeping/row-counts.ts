import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { countHeld } from '#src/archive/on-paper.ts';
import { overdueSince } from '#src/correspondence/avis.ts';
import type { Database } from '#src/database/tables.ts';
import type { Duty } from '#src/jobs/duty.ts';
import { countNotices, noticeCounts } from '#src/notices/counts.ts';
import { highestCount, type RowCounts } from '#src/operations/row-counts.ts';

const rowCounts = z.object({
  notices: noticeCounts,
  /** Export date of the oldest batch that the printer has not reported on; null: there is none. */
  unansweredBatchSince: z.iso.datetime().nullable(),
  /** Since when the mail of deposits that waits longest is overdue; null: none is. */
  avisOverdueSince: z.iso.datetime().nullable(),
  /** Documents that should go on paper, and cannot. */
  documentsHeld: z.object({
    'no-address': z.int(),
    deceased: z.int(),
    'other-adult': z.int(),
  }),
});

/**
 * Counts the rows that operators watch. Only the worker with the duty counts, to spare the database; the result is one
 * row that every process reads.
 */
export const countRows: Duty<{ readonly db: Kysely<Database> }> = {
  name: 'row-counts',
  everyMinutes: 1,
  run: async ({ db }, now) => {
    const notices = await countNotices(db, now);
    const { rows } = await sql<{ since: Date | null }>`
      select min(exported_at) as since from letter_batch where acknowledged_at is null`.execute(db);
    const since = rows[0]?.since;
    const overdue = await overdueSince(db, now);
    const counted: z.infer<typeof rowCounts> = {
      notices,
      unansweredBatchSince: since ? new Date(since).toISOString() : null,
      avisOverdueSince: overdue?.toISOString() ?? null,
      documentsHeld: await countHeld(db, highestCount),
    };
    await sql`
      insert into row_counts (counted_at, counts) values (${now}, ${JSON.stringify(counted)})
      on conflict (one) do update set counted_at = excluded.counted_at, counts = excluded.counts`.execute(db);
    return {
      waiting: notices.waiting.reduce((sum, { count }) => sum + count, 0),
      failed: notices.failed.reduce((sum, { count }) => sum + count, 0),
      dead: notices.deadLetters,
    };
  },
};

/** The last counts; null before the first, or when another version of the program counted otherwise. */
export async function readRowCounts(db: Kysely<Database>): Promise<RowCounts | null> {
  const row = await db.selectFrom('row_counts').select(['counted_at', 'counts']).executeTakeFirst();
  const read = rowCounts.safeParse(row?.counts);
  return row && read.success ? { ...read.data, countedAt: row.counted_at } : null;
}
