import type { KeptDocument } from '#src/archive/document.ts';
import { holdingDocument, letteringDocument, type OnPaperFor } from '#src/archive/on-paper.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { noticeRow, queueingNotices } from '#src/notices/notice.ts';
import { documentHeld, documentLettered } from '#src/paper/events.ts';
import type { Recipient } from '#src/paper/recipients.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

/**
 * Sends a document by post, or records why it cannot go, in one statement: the document, its letter, and the audit event
 * together or not at all. Null when it already goes, or was read meanwhile. `again`: it was held before, which is
 * recorded once.
 */
export async function putOnPaper(
  { db, keyring, random, jobs }: Needs,
  document: KeptDocument,
  { account, letter }: Recipient,
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
      ...(again ? [] : [also(recording(db, documentHeld, { ...event, details }))]),
    ]);
    return isHeld ? 'held' : null;
  }
  const { personKey, title, depositedAt } = document;
  const id = random.uuid();
  const notice = noticeRow({
    keyring,
    personKey,
    id,
    kind: 'document-letter',
    language: account?.language ?? 'fr',
    content: {
      envelope: letter.envelope,
      document: document.id,
      title,
      depositedAt: depositedAt.toISOString(),
      why,
    },
    recipientKey: null,
    now,
  });
  const details = { document: document.id, letter: id, why };
  const isLettered = await atOnce(db, [
    required(letteringDocument(db, document, { id, why }, now)),
    ...(await queueingNotices(db, jobs, [notice])),
    also(recording(db, documentLettered, { ...event, details })),
  ]);
  return isLettered ? 'lettered' : null;
}
