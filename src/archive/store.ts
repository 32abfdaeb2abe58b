import { type Compilable, type Kysely, sql } from 'kysely';
import {
  type About,
  documentColumns,
  type KeptDocument,
  openDocument,
  sealAbout,
} from '#src/archive/document.ts';
import { openPart, partBytes, sealPart } from '#src/archive/part.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { DocumentTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

export interface NewDocument {
  readonly personKey: Buffer;
  readonly id: string;
  readonly origin: DocumentTable['origin'];
  readonly sender: string | null;
  readonly messageId: string | null;
  readonly about: About;
  readonly matters: boolean;
  readonly content: Buffer;
}

/**
 * Stores a document and its bytes, in parts; the first statement before the second: one refers to the other, so that they
 * are run in a transaction, not at once.
 */
export function storingDocument(
  db: Kysely<Database>,
  keyring: Keyring,
  random: Random,
  document: NewDocument,
  now: Date,
): readonly [Compilable, Compilable] {
  const { personKey, id, origin, sender, messageId, about, matters, content } = document;
  const row = db.insertInto('document').values({
    person_key: personKey,
    id,
    origin,
    sender,
    message_id: messageId,
    sealed: sealAbout(keyring, personKey, id, about),
    bytes: content.length,
    matters,
    deposited_at: now,
  });
  const parts = db.insertInto('document_part').values(
    Array.from({ length: Math.max(1, Math.ceil(content.length / partBytes)) }, (_, place) => {
      const partId = random.uuid();
      const bytes = content.subarray(place * partBytes, (place + 1) * partBytes);
      return {
        person_key: personKey,
        id: partId,
        document_id: id,
        place,
        content: sealPart(keyring, personKey, partId, bytes),
      };
    }),
  );
  return [row, parts];
}

/** The documents of a person that are no attachments, the newest first. `keys`: the person’s, of all versions. */
export async function listDocuments(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
): Promise<readonly KeptDocument[]> {
  const rows = await documents(db, keys)
    .where('message_id', 'is', null)
    .orderBy('deposited_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

/** The attachments of messages, in the order in which they were added. */
export async function listAttachments(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  messages: readonly string[],
): Promise<readonly KeptDocument[]> {
  if (messages.length === 0) return [];
  const rows = await documents(db, keys)
    .where('message_id', 'in', messages)
    .orderBy('deposited_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

/** One document of a person; null when it is not theirs. */
export async function findDocument(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  id: string,
): Promise<KeptDocument | null> {
  const row = await documents(db, keys).where('id', '=', id).executeTakeFirst();
  return row ? openDocument(keyring, row) : null;
}

/** Without drafts: their files may not be judged yet, and their person has not sent them, whatever message they name. */
function documents(db: Kysely<Database>, keys: readonly Buffer[]) {
  return db
    .selectFrom('document')
    .select(documentColumns)
    .where('draft_until', 'is', null)
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`);
}

/** The bytes of a document, a part at a time. */
export async function* readContent(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id }: Pick<KeptDocument, 'personKey' | 'id'>,
): AsyncGenerator<Buffer> {
  for (let place = 0; ; place += 1) {
    const row = await db
      .selectFrom('document_part')
      .select(['id', 'content'])
      .where('person_key', '=', personKey)
      .where('document_id', '=', id)
      .where('place', '=', place)
      .executeTakeFirst();
    if (!row) return;
    yield openPart(keyring, personKey, row.id, row.content);
  }
}

/** Records that the person opened a document; changes no row when they did before. */
export function openingDocument(
  db: Kysely<Database>,
  { personKey, id }: Pick<KeptDocument, 'personKey' | 'id'>,
  now: Date,
): Compilable {
  return db
    .updateTable('document')
    .set({ opened_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('opened_at', 'is', null);
}
