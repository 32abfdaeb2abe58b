import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { documentColumns, type KeptDocument, openDocument } from '#src/archive/document.ts';
import type { OnPaperFor } from '#src/archive/on-paper.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { DocumentTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

/** After which document a search goes on: the instant that it is ordered by, and its id. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** A document that was found, and why it should go on paper, where that was decided before. */
export interface Found {
  readonly document: KeptDocument;
  readonly why: OnPaperFor | null;
}

/** Some documents, in order. */
export interface FoundDocuments {
  readonly found: readonly Found[];
  /** Why a row could not be read; it keeps nobody else’s document from being found. */
  readonly unreadable: readonly unknown[];
  /** Where to go on; null: these were all. */
  readonly next: Cursor | null;
}

/** Documents of senders of which nobody has judged yet whether they go on paper at once, the oldest first. */
export async function findUnjudged(
  db: Kysely<Database>,
  keyring: Keyring,
  atMost: number,
  after: Cursor | null,
): Promise<FoundDocuments> {
  const rows = await db
    .selectFrom('document')
    .select([...documentColumns, 'deposited_at as at'])
    .where('judged_at', 'is', null)
    .where('origin', '=', 'sender')
    .where('message_id', 'is', null)
    .$if(after !== null, (query) => query.where(isAfter('deposited_at', after)))
    .orderBy('deposited_at')
    .orderBy('id')
    .limit(atMost)
    .execute();
  return open(keyring, rows, atMost);
}

/**
 * Documents that matter, deposited before an instant, that nobody has opened and that do not go on paper. Without held
 * ones; or of which no reminder left yet, held ones included: a letter that cannot go makes the mail worth more.
 */
export async function findUnread(
  db: Kysely<Database>,
  keyring: Keyring,
  which: 'not-held' | 'not-reminded',
  {
    before,
    atMost,
    after,
  }: { readonly before: Date; readonly atMost: number; readonly after: Cursor | null },
): Promise<FoundDocuments> {
  const rows = await unread(db.selectFrom('document').select([...documentColumns, 'deposited_at as at']))
    .where(which === 'not-held' ? 'held_for' : 'reminded_at', 'is', null)
    .where('deposited_at', '<', before)
    .$if(after !== null, (query) => query.where(isAfter('deposited_at', after)))
    .orderBy('deposited_at')
    .orderBy('id')
    .limit(atMost)
    .execute();
  return open(keyring, rows, atMost);
}

/** Those of one person, by their keys of all versions, deposited until an instant. */
export async function findUnreadOf(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  until: Date,
): Promise<readonly KeptDocument[]> {
  const rows = await unread(db.selectFrom('document').select(documentColumns))
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('held_for', 'is', null)
    .where('deposited_at', '<=', until)
    .execute();
  return rows.map((row) => openDocument(keyring, row));
}

/**
 * Documents whose letter was held, with why each should go on paper: last judged before an instant, or after `now`, by a
 * clock that was wrong.
 */
export async function findHeld(
  db: Kysely<Database>,
  keyring: Keyring,
  { before, now }: { readonly before: Date; readonly now: Date },
  atMost: number,
  after: Cursor | null,
): Promise<FoundDocuments> {
  const rows = await db
    .selectFrom('document')
    .select([...documentColumns, 'held_for', 'judged_at as at'])
    .where('held_for', 'is not', null)
    .where('letter_id', 'is', null)
    .where(({ eb, or }) => or([eb('judged_at', '<', before), eb('judged_at', '>', now)]))
    .$if(after !== null, (query) => query.where(isAfter('judged_at', after)))
    .orderBy('judged_at')
    .orderBy('id')
    .limit(atMost)
    .execute();
  return open(keyring, rows, atMost);
}

function unread<Shown>(query: SelectQueryBuilder<Database, 'document', Shown>) {
  return query
    .where('matters', '=', true)
    .where('opened_at', 'is', null)
    .where('letter_id', 'is', null)
    .where('origin', '=', 'sender');
}

function isAfter(column: 'deposited_at' | 'judged_at', after: Cursor | null) {
  return sql<boolean>`(${sql.ref(column)}, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`;
}

type Row = Parameters<typeof openDocument>[1] & {
  readonly held_for?: DocumentTable['held_for'];
  readonly at: Date | null;
};

function open(keyring: Keyring, rows: readonly Row[], atMost: number): FoundDocuments {
  const found: Found[] = [];
  const unreadable: unknown[] = [];
  for (const row of rows) {
    try {
      found.push({ document: openDocument(keyring, row), why: row.held_for ?? null });
    } catch (error) {
      unreadable.push(error);
    }
  }
  const last = rows.at(-1);
  const next = last?.at && rows.length === atMost ? { at: last.at, id: last.id } : null;
  return { found, unreadable, next };
}
