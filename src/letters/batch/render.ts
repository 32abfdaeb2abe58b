import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaisseReference } from '#src/caisses/reference.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import type { Batch } from '#src/letters/batch/claim.ts';
import type { Manifest } from '#src/letters/batch/files.ts';
import { openLetter } from '#src/letters/batch/judge-queued.ts';
import { type BatchContext, composeCanary, composeLetter } from '#src/letters/compose/compose.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { noticeLanguage } from '#src/notices/notice.ts';
import { voiceOf } from '#src/texts/language.ts';

export interface Rendered {
  readonly manifest: Manifest;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
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

/** The files of a batch: one PDF for each letter, one with all letters for the printer, and the manifest. */
export async function renderBatch(
  needs: RenderNeeds,
  batch: Batch,
  { context, canaryTo, write = writePdf, onProgress = () => {} }: RenderOptions,
): Promise<Rendered> {
  const letters = await lettersOf(needs, batch, context);
  if (batch.canary)
    letters.push(composeCanary({ id: batch.canary, number: batch.number, to: canaryTo }, context));
  const merged = await write(letters, { title: `Lot ${batch.number}`, createdAt: batch.createdAt });
  const files: { name: string; content: Buffer }[] = [{ name: mergedFile, content: merged.pdf }];
  const listed: Manifest['letters'] = [];
  for (const letter of letters) {
    const { pdf } = await write([letter], { title: letter.title, createdAt: batch.createdAt });
    const place = merged.documents[listed.length];
    if (!place) throw new Error('A letter is missing in the merged file');
    const file = `${letter.id}.pdf`;
    files.push({ name: file, content: pdf });
    const { pages, firstPage } = place;
    listed.push({
      id: letter.id,
      file,
      sha256: hash('sha256', pdf),
      pages,
      firstPage,
      canary: letter.id === batch.canary,
    });
    onProgress(listed.length, letters.length);
  }
  const manifest: Manifest = {
    batch: batch.id,
    number: batch.number,
    created: batch.createdAt.toISOString(),
    count: listed.length,
    merged: {
      file: mergedFile,
      sha256: hash('sha256', merged.pdf),
      pages: listed.reduce((sum, { pages }) => sum + pages, 0),
    },
    letters: listed,
  };
  return { manifest, files };
}

async function lettersOf(
  { db, keyring, caisses }: RenderNeeds,
  batch: Batch,
  context: BatchContext,
): Promise<PaperDocument[]> {
  const rows = await rowsOf(db, batch.id);
  const people = await insuredOf(
    db,
    keyring,
    rows.map(({ person_key }) => person_key),
  );
  return rows.map(({ content, ...row }) => {
    if (content === null)
      throw new Error(`The content of letter ${row.id} was erased: it cannot be printed again`);
    const notice = openLetter(keyring, { ...row, content });
    const to = addressLines(notice.content.envelope);
    if (to === null) throw new Error(`The address of letter ${row.id} does not fit the window`);
    const caisse = people.get(row.person_key.toString('hex'))?.caisse;
    return composeLetter(
      {
        id: row.id,
        notice,
        voice: voiceOf(noticeLanguage(row.language), context.policy.wording.style),
        createdAt: row.created_at,
        to,
        caisse: (caisse && caisses.caisses.get(caisse)) || null,
      },
      context,
    );
  });
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
