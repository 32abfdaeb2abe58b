import { Readable } from 'node:stream';
import { documentOpened } from '#src/account/documents/events.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { openingDocument, readContent } from '#src/archive/store.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import type { Services } from '#src/services.ts';

/**
 * The bytes of a document, two parts in memory at most. Before the last part leaves, it is recorded that the person has
 * opened the document: nobody has the whole of it from the page without the record, and a download that broke off is none. When that
 * cannot be recorded, the last part does not leave.
 */
export function openDocument(
  services: Pick<Services, 'db' | 'keyring'>,
  document: KeptDocument,
  person: Buffer,
  now: Date,
): Readable {
  return Readable.from(parts(services, document, person, now), { objectMode: false });
}

async function* parts(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  document: KeptDocument,
  person: Buffer,
  now: Date,
): AsyncGenerator<Buffer> {
  let held: Buffer | null = null;
  for await (const part of readContent(db, keyring, document)) {
    if (held) yield held;
    held = part;
  }
  if (!held) throw new Error('A document has no content');
  const event = { person, actor: { kind: 'person' }, at: now, details: { id: document.id } } as const;
  await atOnce(db, [required(openingDocument(db, document, now)), recording(db, documentOpened, event)]);
  yield held;
}
