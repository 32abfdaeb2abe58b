import { type Compilable, type Kysely, sql } from 'kysely';
import {
  type About,
  documentColumns,
  type KeptDocument,
  openDocument,
  sealAbout,
} from '#src/archive/document.ts';
import { sealPart } from '#src/archive/part.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import { ownMember } from '#src/rights/rights.ts';

/** A file that its person adds to a message which is not sent yet. */
export interface NewDraft {
  readonly personKey: Buffer;
  readonly id: string;
  /** Of whom the message goes to. */
  readonly sender: string;
  /** The id that the message will have. */
  readonly messageId: string;
  /** The thread that it will belong to; null for a new one. */
  readonly threadId: string | null;
  readonly about: Omit<About, 'sha256' | 'member'>;
}

/** Longer than a form with files may take to arrive. */
const arrivalMs = 10 * 60_000;

/**
 * Stores a draft whose bytes are to come: it has none as long as `bytes` is 0, and no list shows it. Changes no row when the
 * message has `atMost` files already.
 */
export function beginningDraft(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, sender, messageId, threadId, about }: NewDraft,
  { now, until, atMost }: { readonly now: Date; readonly until: Date; readonly atMost: number },
): Compilable {
  const sealed = sealAbout(keyring, personKey, id, { ...about, member: ownMember, sha256: '' });
  const values = sql`${personKey}::bytea, ${id}::uuid, 'person', ${sender}, ${messageId}::uuid, ${sealed}::bytea, 0,
    ${now}::timestamptz, ${until}::timestamptz, ${threadId}::uuid`;
  // One that never arrived whole is in nobody’s way.
  const arriving = new Date(now.getTime() - arrivalMs);
  const statement = sql`
    insert into document (person_key, id, origin, sender, message_id, sealed, bytes, deposited_at, draft_until, draft_thread)
    select ${values}
    where (
      select count(*) from document
      where person_key = ${personKey} and message_id = ${messageId} and (bytes > 0 or deposited_at > ${arriving})
    ) < ${atMost}`;
  return { compile: () => statement.compile(db) };
}

/** Stores the next bytes of a draft. */
export async function addDraftPart(
  db: Kysely<Database>,
  keyring: Keyring,
  random: Random,
  { personKey, id, place, bytes }: { personKey: Buffer; id: string; place: number; bytes: Buffer },
): Promise<void> {
  const partId = random.uuid();
  const content = sealPart(keyring, personKey, partId, bytes);
  await db
    .insertInto('document_part')
    .values({ person_key: personKey, id: partId, document_id: id, place, content })
    .execute();
}

/** Makes a draft complete: it was judged, and is part of the message from now on. */
export function finishingDraft(
  db: Kysely<Database>,
  keyring: Keyring,
  {
    personKey,
    id,
    about,
    bytes,
  }: Pick<NewDraft, 'personKey' | 'id'> & {
    readonly about: Omit<About, 'member'>;
    readonly bytes: number;
  },
): Compilable {
  return db
    .updateTable('document')
    .set({ sealed: sealAbout(keyring, personKey, id, { ...about, member: ownMember }), bytes })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('draft_until', 'is not', null);
}

/** Removes one draft of a person; changes no row for anything else. */
export function removingDraft(db: Kysely<Database>, personKey: Buffer, id: string): Compilable {
  return db
    .deleteFrom('document')
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('draft_until', 'is not', null);
}

/** A draft of a person: an attachment to be. */
export interface Draft extends KeptDocument {
  readonly messageId: string;
  readonly threadId: string | null;
}

/** The complete drafts of a person that are still kept, in the order in which they were added. `keys`: theirs. */
export async function listDrafts(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  now: Date,
): Promise<readonly Draft[]> {
  const rows = await db
    .selectFrom('document')
    .select([...documentColumns, 'draft_thread'])
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`)
    .where('draft_until', '>', now)
    .where('bytes', '>', 0)
    .orderBy('deposited_at')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => {
    const document = openDocument(keyring, row);
    const { messageId } = document;
    return messageId === null ? [] : [{ ...document, messageId, threadId: row.draft_thread }];
  });
}

/** Makes the drafts that were added to one message the attachments of it, or of another one of their person; those that never became complete stay drafts. */
export function attachingDrafts(
  db: Kysely<Database>,
  personKey: Buffer,
  { addedTo, messageId }: { readonly addedTo: string; readonly messageId: string },
  now: Date,
): Compilable {
  return db
    .updateTable('document')
    .set({ message_id: messageId, draft_until: null, draft_thread: null })
    .where('person_key', '=', personKey)
    .where('message_id', '=', addedTo)
    .where('draft_until', '>', now)
    .where('bytes', '>', 0);
}

/** Deletes the drafts that are kept no longer. Returns how many. */
export async function purgeDrafts(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('document')
    .where('draft_until', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
