import { type Compilable, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { MessageTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

/** What is sealed of a message: plain text, its paragraphs apart. */
const textSchema = z.object({ subject: z.string().min(1).max(200), text: z.string().min(1).max(20_000) });

export interface Message extends z.infer<typeof textSchema> {
  readonly personKey: Buffer;
  readonly id: string;
  /** The id of the first message of its thread. */
  readonly threadId: string;
  readonly direction: MessageTable['direction'];
  /** The code of who sent it, or of whom it was sent to. */
  readonly sender: string;
  /** Of a sent message: what has become of it. */
  readonly state: MessageTable['state'];
  /** Of a sent message: until when an answer was announced. */
  readonly answerBy: Date | null;
  readonly at: Date;
  readonly openedAt: Date | null;
}

export type NewMessage = Pick<
  Message,
  'personKey' | 'id' | 'threadId' | 'direction' | 'sender' | 'subject' | 'text' | 'answerBy'
>;

function place(personKey: Buffer, id: string): Place {
  return { table: 'message', column: 'sealed', row: [personKey, id] };
}

/** Stores a message, received or sent; changes no row when its id is taken. */
export function storingMessage(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, threadId, direction, sender, subject, text, answerBy }: NewMessage,
  now: Date,
): Compilable {
  return db
    .insertInto('message')
    .values({
      person_key: personKey,
      id,
      thread_id: threadId,
      direction,
      sender,
      sealed: seal(keyring, place(personKey, id), { subject, text }),
      state: direction === 'sent' ? 'waiting' : null,
      answer_by: answerBy,
      at: now,
    })
    .onConflict((conflict) => conflict.doNothing());
}

const columns = [
  'person_key',
  'id',
  'thread_id',
  'direction',
  'sender',
  'sealed',
  'state',
  'answer_by',
  'at',
  'opened_at',
] as const;

function openMessage(keyring: Keyring, row: Pick<MessageTable, (typeof columns)[number]>): Message {
  return {
    ...textSchema.parse(unseal(keyring, place(row.person_key, row.id), row.sealed)),
    personKey: row.person_key,
    id: row.id,
    threadId: row.thread_id,
    direction: row.direction,
    sender: row.sender,
    state: row.state,
    answerBy: row.answer_by,
    at: row.at,
    openedAt: row.opened_at,
  };
}

function messages(db: Kysely<Database>, keys: readonly Buffer[]) {
  return db
    .selectFrom('message')
    .select(columns)
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`);
}

/** The messages of a person either way, the newest first. `keys`: the person’s, of all versions. */
export async function listMessages(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
): Promise<readonly Message[]> {
  const rows = await messages(db, keys).orderBy('at', 'desc').orderBy('id').execute();
  return rows.map((row) => openMessage(keyring, row));
}

/** A thread of a person, the oldest message first; empty when it is not theirs. */
export async function findThread(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  threadId: string,
): Promise<readonly Message[]> {
  const rows = await messages(db, keys)
    .where('thread_id', '=', threadId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => openMessage(keyring, row));
}

/** Records that the person read the received messages of a thread; changes no row when they had before. */
export function openingThread(
  db: Kysely<Database>,
  personKey: Buffer,
  threadId: string,
  now: Date,
): Compilable {
  return db
    .updateTable('message')
    .set({ opened_at: now })
    .where('person_key', '=', personKey)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'received')
    .where('opened_at', 'is', null);
}

/** Records what has become of the messages that a person sent in a thread; one that was answered stays so. */
export function settlingThread(
  db: Kysely<Database>,
  personKey: Buffer,
  threadId: string,
  state: 'taken' | 'answered',
): Compilable {
  return db
    .updateTable('message')
    .set({ state })
    .where('person_key', '=', personKey)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'sent')
    .where('state', 'in', state === 'taken' ? ['waiting'] : ['waiting', 'taken']);
}

/** A message that waits for an answer, without its content. */
export interface Waiting {
  readonly id: string;
  readonly sender: string;
  readonly state: 'waiting' | 'taken';
  readonly at: Date;
  readonly answerBy: Date | null;
}

/** The messages that wait for an answer, the longest waiting first, and how many there are. */
export async function listWaiting(
  db: Kysely<Database>,
  { sender, atMost }: { readonly sender: string | undefined; readonly atMost: number },
): Promise<{ readonly count: number; readonly waiting: readonly Waiting[] }> {
  const all = db.selectFrom('message').where('state', 'in', ['waiting', 'taken']);
  const query = sender === undefined ? all : all.where('sender', '=', sender);
  const rows = await query
    .select(['id', 'sender', 'state', 'at', 'answer_by', sql<string>`count(*) over ()`.as('count')])
    .orderBy('at')
    .limit(atMost)
    .execute();
  const waiting = rows.map(({ answer_by: answerBy, state, count: _, ...row }) => ({
    ...row,
    state: state === 'taken' ? state : ('waiting' as const),
    answerBy,
  }));
  return { count: Number(rows[0]?.count ?? 0), waiting };
}

/** One message that waits for an answer, of any person; null when none does under this id. */
export async function findWaiting(
  db: Kysely<Database>,
  keyring: Keyring,
  id: string,
): Promise<Message | null> {
  const row = await db
    .selectFrom('message')
    .select(columns)
    .where('state', 'in', ['waiting', 'taken'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? openMessage(keyring, row) : null;
}

/** Deletes every message of a person, either way. */
export function erasingMessages(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('message').where('person_key', '=', personKey);
}
