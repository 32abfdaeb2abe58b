import { join } from 'node:path';
import { writingOfExercise } from '#src/documents/pdf/exercise.ts';
import { openPdfThread } from '#src/documents/pdf/thread.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { batchFolder, readManifest } from '#src/letters/batch/files.ts';
import { openLetter } from '#src/letters/batch/judge-queued.ts';
import type { AnswerRow } from '#src/letters/batch/printer-answer.ts';
import { afterWorkingDays } from '#src/letters/expected.ts';
import type { Services } from '#src/services.ts';
import { parisDay } from '#src/time/paris.ts';

interface Tray {
  readonly folder: string;
  readonly publicUrl: string;
  keep(letter: {
    readonly id: string;
    readonly date: string;
    readonly destinataire: string;
    readonly code: string | null;
    readonly file: string;
    readonly enclosures: readonly string[];
  }): Promise<void>;
}

/** Exports all queued letters into the folder of the tray, on a thread of its own so that pages stay fast. */
export async function printQueued(services: Services, { folder, publicUrl }: Tray): Promise<void> {
  const pdf = openPdfThread();
  const write = services.demo?.kind === 'exercise' ? writingOfExercise(pdf.write) : pdf.write;
  const exporting = { services, publicUrl, returnAddress: [], canaryTo: [], write };
  try {
    for (;;) {
      const { exported } = await exportLetters(exporting, { folder });
      if (!exported) return;
    }
  } finally {
    await pdf.close();
  }
}

/** Adds exported letters to the tray and acknowledges them as printed, then as posted on the next working day. */
export async function postPrinted(services: Services, tray: Tray): Promise<void> {
  const { db, keyring, clock } = services;
  const now = clock.now();
  const letters = await db
    .selectFrom('letter as l')
    .innerJoin('letter_batch as b', 'b.id', 'l.batch_id')
    .innerJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'l.person_key').onRef('n.id', '=', 'l.id'),
    )
    .select(['l.person_key', 'l.id', 'l.state', 'l.printed_at', 'b.number', 'n.kind', 'n.content'])
    .where('l.state', 'in', ['requested', 'printed'])
    .where('b.exported_at', 'is not', null)
    .orderBy('b.number')
    .orderBy('l.place')
    .execute();
  const rows: AnswerRow[] = [];
  const enclosures = new Map<string, readonly string[]>();
  for (const number of new Set(letters.map((letter) => letter.number))) {
    const manifest = await readManifest(join(tray.folder, batchFolder(number)));
    for (const letter of manifest?.letters ?? [])
      enclosures.set(
        letter.id,
        letter.enclosures.map(({ file }) => file),
      );
  }
  for (const { id, state, printed_at, number, content, ...letter } of letters) {
    const line = rows.length + 1;
    if (state === 'requested') {
      const opened = content && openLetter(keyring, { ...letter, id, content }).content;
      await tray.keep({
        id,
        date: now.toISOString(),
        destinataire: opened?.envelope.split('\n').join(', ') ?? '',
        code: opened ? codeIn(opened) : null,
        file: `${batchFolder(number)}/${id}.pdf`,
        enclosures: enclosures.get(id) ?? [],
      });
      rows.push({ line, id, state: 'printed', reachedAt: now });
    } else if (printed_at && isPostDay(printed_at, now))
      rows.push({ line, id, state: 'posted', reachedAt: now });
  }
  if (rows.length > 0) await acknowledgeLetters(db, { rows, rejected: [] }, now);
}

/** The code that the letter contains: a provisional code, or the one of «ce n’est pas moi». */
function codeIn(content: ReturnType<typeof openLetter>['content']): string | null {
  if ('code' in content) return content.code;
  return 'dispute' in content ? content.dispute : null;
}

function isPostDay(printedAt: Date, now: Date): boolean {
  return Temporal.PlainDate.compare(parisDay(now), afterWorkingDays(parisDay(printedAt), 1)) >= 0;
}
