import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { countQueuedLetters } from '#src/notices/letters.ts';

/** The progress of a batch, for operators. */
export interface BatchStatus {
  readonly number: number;
  readonly createdAt: Date;
  readonly exportedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly letters: number;
  readonly printed: number;
  readonly posted: number;
  readonly returned: number;
}

export interface LettersStatus {
  /** Queued letters in no batch yet, and when the oldest was queued. */
  readonly waiting: number;
  readonly oldest: Date | null;
  /** Newest first. */
  readonly batches: readonly BatchStatus[];
}

/** The latest batches, and the letters that wait for the next one. */
export async function lettersStatus(db: Kysely<Database>, atMost = 20): Promise<LettersStatus> {
  const waiting = await countQueuedLetters(db);
  const rows = await db
    .selectFrom('letter_batch')
    .select(['id', 'number', 'created_at', 'exported_at', 'acknowledged_at', 'letters'])
    .orderBy('number', 'desc')
    .limit(atMost)
    .execute();
  const answers = await countAnswers(
    db,
    rows.map(({ id }) => id),
  );
  return {
    waiting: waiting.count,
    oldest: waiting.oldest,
    batches: rows.map((row) => ({
      number: row.number,
      createdAt: row.created_at,
      exportedAt: row.exported_at,
      acknowledgedAt: row.acknowledged_at,
      letters: row.letters,
      ...(answers.get(row.id) ?? { printed: 0, posted: 0, returned: 0 }),
    })),
  };
}

/** How many letters of each batch were printed, posted and returned. */
async function countAnswers(db: Kysely<Database>, batches: readonly string[]) {
  const counted = await db
    .selectFrom('letter')
    .select('batch_id')
    .select(({ fn }) => [
      fn.count<string>('printed_at').as('printed'),
      fn.count<string>('posted_at').as('posted'),
      fn.count<string>('returned_at').as('returned'),
    ])
    .where(sql<boolean>`batch_id = any(${batches}::uuid[])`)
    .groupBy('batch_id')
    .execute();
  return new Map(
    counted.map(({ batch_id, printed, posted, returned }) => [
      batch_id,
      { printed: Number(printed), posted: Number(posted), returned: Number(returned) },
    ]),
  );
}
