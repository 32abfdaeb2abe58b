import { type Compilable, type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { type NoticeContent, type NoticeKey, noticeLanguage, openNotice } from '#src/notices/notice.ts';
import type { Language } from '#src/texts/language.ts';

export type QueuedLetter = Pick<NoticeTable, 'person_key' | 'id' | 'kind' | 'content' | 'created_at'>;

/** Why a queued letter is not printed. */
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

/** A letter with documents that no batch has taken yet. */
export interface WaitingLetter extends NoticeKey {
  readonly language: Language;
  readonly content: NoticeContent['document-letter'];
}

/** The letters with documents to some people that no batch has taken: another document can still go with one. */
export async function waitingLetters(
  db: Kysely<Database>,
  keyring: Keyring,
  people: readonly Buffer[],
): Promise<readonly WaitingLetter[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('notice')
    .select(['person_key', 'id', 'kind', 'language', 'content'])
    .where('person_key', '=', sql<Buffer>`any(${[...people]}::bytea[])`)
    .where('kind', '=', 'document-letter')
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null)
    .where('content', 'is not', null)
    .orderBy('created_at')
    .execute();
  return rows.flatMap(({ content, ...row }) => {
    const notice = content && openNotice(keyring, { ...row, content });
    return notice?.kind === 'document-letter'
      ? [
          {
            personKey: row.person_key,
            id: row.id,
            language: noticeLanguage(row.language),
            content: notice.content,
          },
        ]
      : [];
  });
}

/**
 * Changes nothing, and locks a letter that no batch has taken, so that a document which joins it is printed with it; changes no
 * row when a batch was faster.
 */
export function joiningLetter(db: Kysely<Database>, { personKey, id }: NoticeKey): Compilable {
  return db
    .updateTable('notice')
    .set({ batched_at: null })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where('batched_at', 'is', null);
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
 * Marks queued letters as taken by a batch: from then on they are printed. Returns the ids of those that it took, without
 * letters that were withheld or taken by another batch since they were read.
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

/** Withholds queued letters that no batch has taken, all for the same reason. */
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

/** Records that letters were handed over to the printer. */
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

/** Records that a letter came back as undeliverable («NPAI»: nobody of that name lives there). */
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
 * Erases the content of letters: 24 hours after they were withheld or came back, 15 days after the hand-over, and 90 days
 * after they were queued if no batch took them. Returns how many were erased.
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

/** Erases the content of these handed-over letters. Returns how many were erased. */
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

/** The condition that a row of `notice` is one of these: the person keys locate the rows, the ids select them. */
function among(letters: readonly NoticeKey[]) {
  return sql<boolean>`notice.person_key = any(${letters.map(({ personKey }) => personKey)}::bytea[])
    and notice.id = any(${letters.map(({ id }) => id)}::uuid[])`;
}
