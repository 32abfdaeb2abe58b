import { auditKind } from '#src/audit/kind.ts';

/** `letter`: the id of its notice; `day`: the printer's date, `yyyy-mm-dd`. */
type LetterDetails = { readonly letter: string; readonly day: string };

/** A letter with documents was handed to the printer in a batch; `sha256`: of its cover, as in the manifest. */
export const letterHandedOver = auditKind('letter-handed-over').with<{
  letter: string;
  batch: number;
  sha256: string;
}>();

/** States of letters that the printer reports. */
export const letterEvents = {
  printed: auditKind('letter-printed').with<LetterDetails>(),
  posted: auditKind('letter-posted').with<LetterDetails>(),
  returned: auditKind('letter-returned').with<LetterDetails>(),
} as const;
