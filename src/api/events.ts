import { auditKind } from '#src/audit/kind.ts';

/** A program ended its token and deleted the dossier. */
export const enrolmentAbandoned = auditKind('enrolment-abandoned');
