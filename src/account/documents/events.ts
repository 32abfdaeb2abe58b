import { auditKind } from '#src/audit/kind.ts';

/** The person was handed the whole of a document for the first time: from then on it counts as notified. */
export const documentOpened = auditKind('document-opened').with<{ id: string }>();
