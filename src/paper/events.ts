import type { HeldBecause, OnPaperFor } from '#src/archive/on-paper.ts';
import { auditKind } from '#src/audit/kind.ts';

/** A mail reminds of an unread document; `notice` is its id. */
export const documentReminded = auditKind('document-reminded').with<{ document: string; notice: string }>();

/** A letter with a document was queued; `letter` is the id of its notice. */
export const documentLettered = auditKind('document-lettered').with<{
  document: string;
  letter: string;
  why: OnPaperFor;
}>();

/** A document should go on paper, and cannot. */
export const documentHeld = auditKind('document-held').with<{
  document: string;
  why: OnPaperFor;
  because: HeldBecause;
}>();
