import type { KeptDocument } from '#src/archive/document.ts';
import { holdingDocument, letteringDocument, type OnPaperFor } from '#src/archive/on-paper.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import type { Envelopes } from '#src/paper/envelopes.ts';
import { documentHeld, documentLettered } from '#src/paper/events.ts';
import type { Recipient } from '#src/paper/recipients.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'db'>;

/**
 * Sends a document by post, or records why it cannot go, in one statement: the document, its letter, and the audit event
 * together or not at all. It goes with a letter to the same address that nobody has printed yet, or with a new one. Null when
 * it already goes, or was read meanwhile, or when that letter was printed meanwhile: the next run looks again. `again`: it was
 * held before, which is recorded once.
 */
export async function putOnPaper(
  { db }: Needs,
  envelopes: Envelopes,
  document: KeptDocument,
  { account, letter, toAnotherAdult }: Recipient,
  why: OnPaperFor,
  now: Date,
  { again = false }: { readonly again?: boolean } = {},
): Promise<'lettered' | 'held' | null> {
  const event = {
    person: account?.personKey ?? document.personKey,
    actor: { kind: 'system' },
    at: now,
  } as const;
  if (letter.kind === 'held') {
    const { because } = letter;
    const details = { document: document.id, why, because };
    const isHeld = await atOnce(db, [
      required(holdingDocument(db, document, { why, because }, now)),
      ...(again ? [] : [recording(db, documentHeld, { ...event, details })]),
    ]);
    return isHeld ? 'held' : null;
  }
  const { personKey } = document;
  const language = toAnotherAdult ? 'fr' : (account?.language ?? 'fr');
  const content = { envelope: letter.envelope, toAnotherAdult };
  const place = await envelopes.place({ personKey, language, content }, now);
  const details = { document: document.id, letter: place.letterId, why };
  const isLettered = await atOnce(db, [
    required(letteringDocument(db, document, { id: place.letterId, why }, now)),
    ...place.writes,
    recording(db, documentLettered, { ...event, details }),
  ]);
  place.settle(isLettered);
  return isLettered ? 'lettered' : null;
}
