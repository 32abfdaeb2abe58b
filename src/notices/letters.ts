import { type Kysely, sql } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

export type QueuedLetter = Pick<NoticeTable, 'person_key' | 'id' | 'kind' | 'content' | 'created_at'>;

/** Why a queued letter does not leave. */
export type LetterHold = 'expired' | 'no-content' | 'address-too-long' | 'returned-before';

/** The oldest letters that no batch has taken. */
export async function queuedLetters(db: Kysely<Database>, atMost: number): Promise<QueuedLetter[]> {
  return db
    .selectFrom('notice')
    .select(['person_key', 'id', 'kind', 'content', 'created_at'])
    .where('channel', '=', 'letter')
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(atMost)
    .execute();
}

/** Letters that no batch has taken: how many, and when the oldest one was queued. */
export async function countQueuedLetters(
  db: Kysely<Database>,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const { count, oldest } = await db
    .selectFrom('notice')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('created_at').as('oldest')])
    .where('channel', '=', 'letter')
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { count: Number(count), oldest };
}

/**
 * Marks queued letters as taken by a batch: from then on they go on their way. Answers the ids of those that it took;
 * one that was withheld, or taken by another batch, since it was read is not among them.
 */
export async function takeIntoBatch(
  trx: Kysely<Database>,
  letters: readonly NoticeKey[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const taken = await trx
    .updateTable('notice')
    .set({ batched_at: now })
    .where(among(letters))
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null)
    .returning('id')
    .execute();
  return new Set(taken.map(({ id }) => id));
}

/** Withholds queued letters that no batch has taken, all for one reason. */
export async function withholdLetters(
  trx: Kysely<Database>,
  letters: readonly NoticeKey[],
  reason: LetterHold,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'withheld', reason, settled_at: now })
    .where(among(letters))
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null)
    .execute();
}

/** Notes that letters were handed over to the printer. */
export async function handOverLetters(
  trx: Kysely<Database>,
  letters: readonly NoticeKey[],
  now: Date,
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'handed-over', handed_over_at: now, reason: null, tries: sql`tries + 1` })
    .where(among(letters))
    .where('state', '=', 'queued')
    .execute();
}

/** Notes that a letter came back: nobody lives there by that name. */
export async function bounceLetter(
  trx: Kysely<Database>,
  { personKey, id }: NoticeKey,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'bounced', reason: 'npai', settled_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .execute();
}

const hourMs = 3_600_000;

/**
 * Erases what letters said: 24 hours after they were withheld or came back, 15 days after the hand-over, and 90 days
 * after they were queued where no batch took them. Answers how many were erased.
 */
export async function purgeLetterContents(db: Kysely<Database>, now: Date): Promise<number> {
  const before = (hours: number) => new Date(now.getTime() - hours * hourMs);
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set({ content: null })
    .where('channel', '=', 'letter')
    .where('content', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['withheld', 'refused', 'bounced']).and(
          eb.fn.coalesce('settled_at', 'created_at'),
          '<',
          before(24),
        ),
        eb('state', '=', 'queued')
          .and('created_at', '<', before(90 * 24))
          .and('batched_at', 'is', null),
        eb('state', '=', 'handed-over').and('handed_over_at', '<', before(15 * 24)),
      ]),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Erases what these handed-over letters said, where it is still there. Answers how many were erased. */
export async function eraseLetterContents(
  db: Kysely<Database>,
  letters: readonly NoticeKey[],
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set({ content: null })
    .where(among(letters))
    .where('state', '=', 'handed-over')
    .where('content', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Rows of `notice` among these: an id is one person’s, whose key says where the row is. */
function among(letters: readonly NoticeKey[]) {
  return sql<boolean>`notice.person_key = any(${letters.map(({ personKey }) => personKey)}::bytea[])
    and notice.id = any(${letters.map(({ id }) => id)}::uuid[])`;
}
