import { type Kysely, sql } from 'kysely';
import { record } from '#src/audit/record.ts';
import { supersedeCodeOf } from '#src/codes/store.ts';
import type { Database, LetterTable } from '#src/database/tables.ts';
import type { AnswerRow, PrinterAnswer, RejectedRow } from '#src/letters/batch/printer-answer.ts';
import { letterEvents } from '#src/letters/events.ts';
import { bounceLetter } from '#src/notices/letters.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

export interface Acknowledged {
  /** Letters whose state or dates changed. */
  readonly changed: number;
  readonly printed: number;
  readonly posted: number;
  readonly returned: number;
  /** Rows about the operator's test letter. */
  readonly canary: number;
  readonly rejected: readonly RejectedRow[];
}

type State = LetterTable['state'];
const order: readonly State[] = ['requested', 'printed', 'posted', 'returned'];
/** The printer gives dates without a time: a letter printed at once may seem earlier than its batch. */
const toleranceMs = 86_400_000;

/**
 * Records what the printer reports about letters, one transaction for each, with an audit event for each new state.
 * Reading the same answer again changes nothing and completes an interrupted run; an older answer undoes nothing. A
 * letter that came back ends its code, and its notice is bounced.
 */
export async function acknowledgeLetters(
  db: Kysely<Database>,
  answer: PrinterAnswer,
  now: Date,
): Promise<Acknowledged> {
  const letters = await lettersNamed(db, answer.rows);
  const canaries = await canariesNamed(db, answer.rows);
  const rejected: RejectedRow[] = [...answer.rejected];
  const rowsOf = new Map<BatchedLetter, AnswerRow[]>();
  for (const row of answer.rows) {
    const letter = letters.get(row.id);
    if (letter && row.reachedAt.getTime() < letter.batchAt.getTime() - toleranceMs)
      rejected.push({ line: row.line, reason: 'date-before-the-batch' });
    else if (letter) rowsOf.set(letter, [...(rowsOf.get(letter) ?? []), row]);
    else if (!canaries.has(row.id)) rejected.push({ line: row.line, reason: 'unknown-letter' });
  }
  const news: (readonly AnswerRow[])[] = [];
  for (const [letter, rows] of rowsOf)
    news.push(await db.transaction().execute((trx) => recordRows(trx, letter, rows, now)));
  await closeBatches(db, [...letters.values()], now);
  const newRows = news.flat();
  const count = (state: State) => newRows.filter((row) => row.state === state).length;
  return {
    changed: news.filter((rows) => rows.length > 0).length,
    printed: count('printed'),
    posted: count('posted'),
    returned: count('returned'),
    canary: answer.rows.filter(({ id }) => canaries.has(id)).length,
    rejected: rejected.sort((a, b) => a.line - b.line),
  };
}

interface BatchedLetter extends NoticeKey {
  readonly batchId: string;
  readonly batchAt: Date;
}

async function lettersNamed(
  db: Kysely<Database>,
  rows: readonly AnswerRow[],
): Promise<ReadonlyMap<string, BatchedLetter>> {
  if (rows.length === 0) return new Map();
  const found = await db
    .selectFrom('letter')
    .select(['person_key', 'id', 'batch_id'])
    .where(sql<boolean>`id = any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute();
  const batches = await db
    .selectFrom('letter_batch')
    .select(['id', 'created_at'])
    .where(sql<boolean>`id = any(${found.map(({ batch_id }) => batch_id)}::uuid[])`)
    .execute();
  const createdAt = new Map(batches.map(({ id, created_at }) => [id, created_at]));
  return new Map(
    found.flatMap(({ person_key: personKey, id, batch_id: batchId }) => {
      const batchAt = createdAt.get(batchId);
      return batchAt ? [[id, { personKey, id, batchId, batchAt }] as const] : [];
    }),
  );
}

async function canariesNamed(db: Kysely<Database>, rows: readonly AnswerRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const found = await db
    .selectFrom('letter_batch')
    .select('canary')
    .where(sql<boolean>`canary = any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute();
  return new Set(found.flatMap(({ canary }) => (canary === null ? [] : [canary])));
}

/** Records the printer's rows about one letter; returns those that are new. */
async function recordRows(
  trx: Kysely<Database>,
  { personKey, id }: NoticeKey,
  rows: readonly AnswerRow[],
  now: Date,
): Promise<readonly AnswerRow[]> {
  const before = await trx
    .selectFrom('letter')
    .select(['state', 'printed_at', 'posted_at', 'returned_at', 'acknowledged_at'])
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return [];
  const dates = { printed: before.printed_at, posted: before.posted_at, returned: before.returned_at };
  let { state } = before;
  const news: AnswerRow[] = [];
  for (const row of rows) {
    if (dates[row.state] !== null) continue;
    dates[row.state] = row.reachedAt;
    if (order.indexOf(row.state) > order.indexOf(state)) state = row.state;
    news.push(row);
  }
  if (news.length === 0) return [];
  await trx
    .updateTable('letter')
    .set({
      state,
      printed_at: dates.printed,
      posted_at: dates.posted,
      returned_at: dates.returned,
      acknowledged_at: before.acknowledged_at ?? now,
    })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .execute();
  if (state === 'returned' && before.state !== state) {
    // The code reached nobody, or the wrong person.
    await supersedeCodeOf(trx, personKey, id, now);
    await bounceLetter(trx, { personKey, id }, now);
  }
  for (const row of news) {
    const details = { letter: id, day: row.reachedAt.toISOString().slice(0, 10) };
    await record(trx, letterEvents[row.state], {
      person: personKey,
      actor: { kind: 'system' },
      at: now,
      details,
    });
  }
  return news;
}

/** A batch is acknowledged once the printer has reported on each of its letters. */
async function closeBatches(
  db: Kysely<Database>,
  letters: readonly BatchedLetter[],
  now: Date,
): Promise<void> {
  for (const batchId of new Set(letters.map((letter) => letter.batchId))) {
    const open = await db
      .selectFrom('letter')
      .select('id')
      .where('batch_id', '=', batchId)
      .where('acknowledged_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (open) continue;
    await db
      .updateTable('letter_batch')
      .set({ acknowledged_at: now })
      .where('id', '=', batchId)
      .where('acknowledged_at', 'is', null)
      .execute();
  }
}
