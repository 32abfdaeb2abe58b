import { type Compilable, type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { documentColumns, type KeptDocument, openDocument } from '#src/archive/document.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { DocumentTable } from '#src/database/deposit-tables.ts';
import type { Database } from '#src/database/tables.ts';

/** Why a document goes on paper. */
export type OnPaperFor = NonNullable<DocumentTable['lettered_for']>;

/**
 * Why a document that should go on paper cannot: no address is known to which a letter can go; the person died; or it
 * concerns an adult insured with the person, and is not the person’s business.
 */
export type HeldBecause = NonNullable<DocumentTable['held_because']>;

type Named = Pick<KeptDocument, 'personKey' | 'id'>;

/** Documents of senders of which nobody has judged yet whether they go on paper at once, the oldest first. */
export async function findUnjudged(
  db: Kysely<Database>,
  keyring: Keyring,
  atMost: number,
): Promise<readonly KeptDocument[]> {
  const rows = await db
    .selectFrom('document')
    .select(documentColumns)
    .where('judged_at', 'is', null)
    .where('origin', '=', 'sender')
    .where('message_id', 'is', null)
    .orderBy('deposited_at')
    .limit(atMost)
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

/** Documents that matter, deposited before an instant, that nobody has opened and that do not go on paper. */
export async function findUnread(
  db: Kysely<Database>,
  keyring: Keyring,
  { before, notReminded = false }: { readonly before: Date; readonly notReminded?: boolean },
  atMost: number,
): Promise<readonly KeptDocument[]> {
  const rows = await unread(db.selectFrom('document').select(documentColumns))
    .where('deposited_at', '<', before)
    .$if(notReminded, (query) => query.where('reminded_at', 'is', null))
    .orderBy('deposited_at')
    .limit(atMost)
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

/** The same of one person, by their keys of all versions. */
export async function findUnreadOf(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  before: Date,
): Promise<readonly KeptDocument[]> {
  const rows = await unread(db.selectFrom('document').select(documentColumns))
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('deposited_at', '<=', before)
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

function unread<Shown>(query: SelectQueryBuilder<Database, 'document', Shown>) {
  return query
    .where('matters', '=', true)
    .where('opened_at', 'is', null)
    .where('letter_id', 'is', null)
    .where('held_for', 'is', null);
}

/** Documents whose letter was held, last judged before an instant, each with why it should go on paper. */
export async function findHeld(
  db: Kysely<Database>,
  keyring: Keyring,
  before: Date,
  atMost: number,
): Promise<readonly { readonly document: KeptDocument; readonly why: OnPaperFor }[]> {
  const rows = await db
    .selectFrom('document')
    .select([...documentColumns, 'held_for'])
    .where('held_for', 'is not', null)
    .where('letter_id', 'is', null)
    .where('judged_at', '<', before)
    .orderBy('judged_at')
    .limit(atMost)
    .execute();
  return rows.flatMap(({ held_for: why, ...row }) =>
    why === null ? [] : [{ document: openDocument(keyring, row), why }],
  );
}

/** The document that goes on paper by a letter; null when it was deleted. */
export async function findLettered(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  letterId: string,
): Promise<KeptDocument | null> {
  const row = await db
    .selectFrom('document')
    .select(documentColumns)
    .where('person_key', '=', personKey)
    .where('letter_id', '=', letterId)
    .executeTakeFirst();
  return row ? openDocument(keyring, row) : null;
}

/** Which of these documents are still kept, by id. */
export async function stillKept(
  db: Kysely<Database>,
  documents: readonly Named[],
): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  const rows = await db
    .selectFrom('document')
    .select('id')
    .where('person_key', '=', sql<Buffer>`any(${documents.map(({ personKey }) => personKey)}::bytea[])`)
    .where('id', '=', sql<string>`any(${documents.map(({ id }) => id)}::uuid[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Records that a document does not go on paper for now. */
export function judgingDocument(db: Kysely<Database>, document: Named, now: Date): Compilable {
  return ofDocument(db, document).set({ judged_at: now }).where('judged_at', 'is', null);
}

/**
 * Records that a document goes on paper by a letter; changes no row when it already does, so that it goes once, nor when it
 * was read in time.
 */
export function letteringDocument(
  db: Kysely<Database>,
  document: Named,
  { id, why }: { readonly id: string; readonly why: OnPaperFor },
  now: Date,
): Compilable {
  return ofDocument(db, document)
    .set({
      letter_id: id,
      lettered_at: now,
      lettered_for: why,
      judged_at: now,
      held_for: null,
      held_because: null,
    })
    .where('letter_id', 'is', null)
    .$if(why === 'unread' || why === 'bounced', (query) => query.where('opened_at', 'is', null));
}

/** Records that a document should go on paper, and cannot for now. */
export function holdingDocument(
  db: Kysely<Database>,
  document: Named,
  { why, because }: { readonly why: OnPaperFor; readonly because: HeldBecause },
  now: Date,
): Compilable {
  return ofDocument(db, document)
    .set({ judged_at: now, held_for: why, held_because: because })
    .where('letter_id', 'is', null);
}

/** Records that a document need not go on paper any more: its person read it meanwhile. */
export function releasingDocument(db: Kysely<Database>, document: Named): Compilable {
  return ofDocument(db, document)
    .set({ held_for: null, held_because: null })
    .where('letter_id', 'is', null)
    .where('opened_at', 'is not', null);
}

/** The letter of a document did not arrive, or was never printed: it still has to go on paper, when it can. */
export function unletteringDocument(
  db: Kysely<Database>,
  { personKey, letterId }: { readonly personKey: Buffer; readonly letterId: string },
  because: HeldBecause,
  now: Date,
): Compilable {
  return db
    .updateTable('document')
    .set({
      held_for: sql`lettered_for`,
      held_because: because,
      judged_at: now,
      letter_id: null,
      lettered_at: null,
      lettered_for: null,
    })
    .where('person_key', '=', personKey)
    .where('letter_id', '=', letterId);
}

/** Records that a reminder of a document left, or that there is nobody to remind; changes no row when it was read. */
export function remindingDocument(db: Kysely<Database>, document: Named, now: Date): Compilable {
  return ofDocument(db, document)
    .set({ reminded_at: now })
    .where('reminded_at', 'is', null)
    .where('opened_at', 'is', null)
    .where('letter_id', 'is', null);
}

function ofDocument(db: Kysely<Database>, { personKey, id }: Named) {
  return db.updateTable('document').where('person_key', '=', personKey).where('id', '=', id);
}

/** A document by its id alone, for operators. */
export async function findById(
  db: Kysely<Database>,
  keyring: Keyring,
  id: string,
): Promise<KeptDocument | null> {
  const row = await db.selectFrom('document').select(documentColumns).where('id', '=', id).executeTakeFirst();
  return row ? openDocument(keyring, row) : null;
}

/** How many documents should go on paper and cannot, by reason, each counted up to a limit. */
export async function countHeld(
  db: Kysely<Database>,
  atMost: number,
): Promise<Readonly<Record<HeldBecause, number>>> {
  const { rows } = await sql<{ because: HeldBecause; count: number }>`
    select held_because as because, count(*)::integer as count from (
      select held_because from document where held_for is not null and letter_id is null limit ${atMost}
    ) as held group by 1`.execute(db);
  const of = (because: HeldBecause) => rows.find((row) => row.because === because)?.count ?? 0;
  return { 'no-address': of('no-address'), deceased: of('deceased'), 'other-adult': of('other-adult') };
}
