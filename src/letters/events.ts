import { auditKind } from '#src/audit/kind.ts';

/** `letter`: the id of its notice; `day`: as the printer dates it, `yyyy-mm-dd`. */
type LetterDetails = { readonly letter: string; readonly day: string };

/** What the printer says of letters. */
export const letterEvents = {
  printed: auditKind('letter-printed').with<LetterDetails>(),
  posted: auditKind('letter-posted').with<LetterDetails>(),
  returned: auditKind('letter-returned').with<LetterDetails>(),
} as const;
