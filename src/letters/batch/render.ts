import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { KeptDocument } from '#src/archive/document.ts';
import { findLettered } from '#src/archive/on-paper.ts';
import { readContent } from '#src/archive/store.ts';
import type { CaisseReference } from '#src/caisses/reference.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { extensions } from '#src/files/media-type.ts';
import type { Batch } from '#src/letters/batch/claim.ts';
import type { BatchFile, Manifest } from '#src/letters/batch/files.ts';
import { openLetter } from '#src/letters/batch/judge-queued.ts';
import { type BatchContext, composeCanary, composeLetter } from '#src/letters/compose/compose.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { noticeLanguage } from '#src/notices/notice.ts';
import { voiceOf } from '#src/texts/language.ts';

export interface Rendered {
  readonly manifest: Manifest;
  readonly files: readonly BatchFile[];
}

export interface RenderNeeds {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly caisses: CaisseReference;
}

export interface RenderOptions {
  readonly context: BatchContext;
  /** Lines of the envelope of the operator's test letter. */
  readonly canaryTo: readonly string[];
  /** Writes in a separate thread (`openPdfThread`), in a process that also serves requests. */
  readonly write?: typeof writePdf;
  readonly onProgress?: (done: number, total: number) => void;
}

const mergedFile = 'letters.pdf';

/** A letter, and the documents that go into the same envelope, in their order. */
interface Printed {
  readonly letter: PaperDocument;
  readonly enclosed: readonly KeptDocument[];
}

/**
 * The files of a batch: one PDF for each letter, the documents that go with some of them, one file with all other letters
 * for the printer, and the manifest. A letter with enclosures stands in no common file: it cannot be printed without them
 * by mistake.
 */
export async function renderBatch(
  needs: RenderNeeds,
  batch: Batch,
  { context, canaryTo, write = writePdf, onProgress = () => {} }: RenderOptions,
): Promise<Rendered> {
  const printed = await lettersOf(needs, batch, context);
  if (batch.canary)
    printed.push({
      letter: composeCanary({ id: batch.canary, number: batch.number, to: canaryTo }, context),
      enclosed: [],
    });
  const alone = printed.flatMap(({ letter, enclosed }) => (enclosed.length > 0 ? [] : [letter]));
  const { createdAt } = batch;
  const merged = alone.length > 0 ? await write(alone, { title: `Lot ${batch.number}`, createdAt }) : null;
  const places = new Map(merged?.documents.map((place) => [place.id, place]));
  const files: BatchFile[] = merged ? [{ name: mergedFile, content: merged.pdf }] : [];
  const listed: Manifest['letters'] = [];
  for (const { letter, enclosed } of printed) {
    const { pdf, documents } = await write([letter], { title: letter.title, createdAt });
    const pages = documents[0]?.pages;
    const place = places.get(letter.id);
    if (pages === undefined || (enclosed.length === 0 && !place)) throw new Error('A letter was not written');
    const file = `${letter.id}.pdf`;
    files.push({ name: file, content: pdf });
    const enclosures = enclosed.map((document, index) => {
      const enclosure = enclosureOf(letter.id, index + 1, document);
      const parts = () => readContent(needs.db, needs.keyring, document);
      files.push({ name: enclosure.file, content: { parts, sha256: enclosure.sha256 } });
      return enclosure;
    });
    listed.push({
      id: letter.id,
      file,
      sha256: hash('sha256', pdf),
      pages,
      firstPage: place?.firstPage ?? null,
      enclosures,
      canary: letter.id === batch.canary,
    });
    onProgress(listed.length, printed.length);
  }
  const manifest: Manifest = {
    batch: batch.id,
    number: batch.number,
    created: createdAt.toISOString(),
    count: listed.length,
    merged: merged && {
      file: mergedFile,
      sha256: hash('sha256', merged.pdf),
      pages: merged.documents.reduce((sum, { pages }) => sum + pages, 0),
    },
    letters: listed,
  };
  return { manifest, files };
}

function enclosureOf(letterId: string, place: number, { type, sha256, bytes }: KeptDocument) {
  const number = String(place).padStart(2, '0');
  return { file: `${letterId}-enclosure-${number}.${extensions[type]}`, sha256, bytes, type };
}

async function lettersOf(
  { db, keyring, caisses }: RenderNeeds,
  batch: Batch,
  context: BatchContext,
): Promise<Printed[]> {
  const rows = await rowsOf(db, batch.id);
  const people = await insuredOf(
    db,
    keyring,
    rows.map(({ person_key }) => person_key),
  );
  const documents = await findLettered(
    db,
    keyring,
    rows
      .filter(({ kind }) => kind === 'document-letter')
      .map(({ person_key: personKey, id }) => ({ personKey, id })),
  );
  const printed: Printed[] = [];
  for (const { content, ...row } of rows) {
    if (content === null)
      throw new Error(`The content of letter ${row.id} was erased: it cannot be printed again`);
    const notice = openLetter(keyring, { ...row, content });
    const to = addressLines(notice.content.envelope);
    if (to === null) throw new Error(`The address of letter ${row.id} does not fit the window`);
    const lettered = documents.get(row.id) ?? [];
    if (notice.kind === 'document-letter' && lettered.length === 0)
      throw new Error(`The documents of letter ${row.id} are gone`);
    const caisse = people.get(row.person_key.toString('hex'))?.caisse;
    const letter = composeLetter(
      {
        id: row.id,
        notice,
        voice: voiceOf(noticeLanguage(row.language), context.policy.wording.style),
        createdAt: row.created_at,
        to,
        caisse: (caisse && caisses.caisses.get(caisse)) || null,
        enclosed: lettered.map(({ document: { title, depositedAt }, why }) => ({ title, depositedAt, why })),
      },
      context,
    );
    printed.push({ letter, enclosed: lettered.map(({ document }) => document) });
  }
  return printed;
}

function rowsOf(db: Kysely<Database>, batchId: string) {
  return db
    .selectFrom('letter as l')
    .innerJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'l.person_key').onRef('n.id', '=', 'l.id'),
    )
    .select(['n.person_key', 'n.id', 'n.kind', 'n.language', 'n.content', 'n.created_at'])
    .where('l.batch_id', '=', batchId)
    .orderBy('l.place')
    .execute();
}
