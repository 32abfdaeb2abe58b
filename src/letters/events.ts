import { auditKind } from '#src/audit/kind.ts';

/** `letter`: the id of its notice; `day`: the printer's date, `yyyy-mm-dd`. */
type LetterDetails = { readonly letter: string; readonly day: string };

/** States of letters that the printer reports. */
export const letterEvents = {
  printed: auditKind('letter-printed').with<LetterDetails>(),
  posted: auditKind('letter-posted').with<LetterDetails>(),
  returned: auditKind('letter-returned').with<LetterDetails>(),
} as const;
