import { z } from 'zod';
import { typedText, wrong } from '#src/page-parts/typed-text.ts';
import { parseIbanTail } from '#src/proofs/iban.ts';

/** The fields of the proof by carte Vitale and IBAN. */
export const cardSchema = z.object({
  iban7: typedText({ examples: ['0G02443'], pattern: '^[0-9A-Z]{7}$' }, (typed) => {
    const iban = parseIbanTail(typed);
    return iban.ok ? { ok: true, value: iban.tail } : wrong(iban.reason);
  }),
  /** Judged by `readProof`: its digits depend on the person’s kind of card. */
  numeroSerie: typedText({ examples: ['04671322630'], pattern: '^\\d{8,13}$' }, (typed) => ({
    ok: true,
    value: typed,
  })),
});
