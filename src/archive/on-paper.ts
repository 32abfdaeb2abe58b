import { type Compilable, type Kysely, sql } from 'kysely';
import { documentColumns, type KeptDocument, openDocument } from '#src/archive/document.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { DocumentTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Why a document goes on paper. `another-adult`: it matters, and concerns an adult insured with the person, to whom the letter
 * goes.
 */
export type OnPaperFor = NonNullable<DocumentTable['lettered_for']>;

/**
 * Why a document that should go on paper cannot: no address is known to which a letter can go; the person died; or it
 * concerns an adult insured with the person whose own address is not known.
 */
export type HeldBecause = NonNullable<DocumentTable['held_because']>;

type Named = Pick<KeptDocument, 'personKey' | 'id'>;

/** The documents that go on paper by letters of some people, in the order in which they came, by letter. */
export async function findLettered(
  db: Kysely<Database>,
  keyring: Keyring,
  letters: readonly Named[],
): Promise<ReadonlyMap<string, readonly LetteredDocument[]>> {
  if (letters.length === 0) return new Map();
  const rows = await db
    .selectFrom('document')
    .select([...documentColumns, 'letter_id'])
    .where('person_key', '=', sql<Buffer>`any(${letters.map(({ personKey }) => personKey)}::bytea[])`)
    .where('letter_id', '=', sql<string>`any(${letters.map(({ id }) => id)}::uuid[])`)
    .orderBy('deposited_at')
    .orderBy('id')
    .execute();
  const found = new Map<string, LetteredDocument[]>();
  for (const { letter_id: letter, ...row } of rows) {
    const document = openDocument(keyring, row);
    const why = document.lettered?.why;
    if (letter !== null && why) found.set(letter, [...(found.get(letter) ?? []), { document, why }]);
  }
  return found;
}

/** A document in an envelope, and why it is there. */
export interface LetteredDocument {
  readonly document: KeptDocument;
  readonly why: OnPaperFor;
}

/** How many documents each of these letters of some people has; no entry: none. */
export async function countLettered(
  db: Kysely<Database>,
  letters: readonly Named[],
): Promise<ReadonlyMap<string, number>> {
  if (letters.length === 0) return new Map();
  const rows = await db
    .selectFrom('document')
    .select(['letter_id', ({ fn }) => fn.countAll<string>().as('count')])
    .where('person_key', '=', sql<Buffer>`any(${letters.map(({ personKey }) => personKey)}::bytea[])`)
    .where('letter_id', '=', sql<string>`any(${letters.map(({ id }) => id)}::uuid[])`)
    .groupBy('letter_id')
    .execute();
  return new Map(rows.flatMap(({ letter_id: id, count }) => (id === null ? [] : [[id, Number(count)]])));
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
    .$if(why !== 'choice', (query) => query.where('opened_at', 'is', null));
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

/**
 * The letter of documents did not arrive, or was never printed: they still have to go on paper, when they can. `judgedAt`: when
 * that is looked at again, a day later.
 */
export function unletteringDocument(
  db: Kysely<Database>,
  { personKey, letterId }: { readonly personKey: Buffer; readonly letterId: string },
  because: HeldBecause,
  judgedAt: Date,
): Compilable {
  return db
    .updateTable('document')
    .set({
      held_for: sql`lettered_for`,
      held_because: because,
      judged_at: judgedAt,
      letter_id: null,
      lettered_at: null,
      lettered_for: null,
    })
    .where('person_key', '=', personKey)
    .where('letter_id', '=', letterId);
}

/** Records that a reminder of documents of one person left, or that there is nobody to remind; but of none that was read. */
export function remindingDocuments(db: Kysely<Database>, documents: readonly Named[], now: Date): Compilable {
  return db
    .updateTable('document')
    .set({ reminded_at: now })
    .where('person_key', '=', sql<Buffer>`any(${documents.map(({ personKey }) => personKey)}::bytea[])`)
    .where('id', '=', sql<string>`any(${documents.map(({ id }) => id)}::uuid[])`)
    .where('reminded_at', 'is', null)
    .where('opened_at', 'is', null)
    .where('letter_id', 'is', null);
}

/**
 * Has unread documents of a person reminded of again: the mail that should have reminded of them never left, and that was not
 * the fault of their mailbox.
 */
export function remindingAgain(db: Kysely<Database>, keys: readonly Buffer[], until: Date): Compilable {
  return db
    .updateTable('document')
    .set({ reminded_at: null })
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('matters', '=', true)
    .where('opened_at', 'is', null)
    .where('letter_id', 'is', null)
    .where('reminded_at', '<=', until);
}

/**
 * What matters, and was opened in an account since an instant, counts as unread again: the account is disputed, and who opened
 * it there may be somebody else. The trail keeps that it was opened.
 */
export function forgettingOpened(db: Kysely<Database>, keys: readonly Buffer[], since: Date): Compilable {
  return db
    .updateTable('document')
    .set({ opened_at: null })
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('matters', '=', true)
    .where('opened_at', '>=', since)
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
