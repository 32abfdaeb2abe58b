import { z } from 'zod';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { type FieldProblem, typedText, wrong } from '#src/page-parts/typed-text.ts';
import type { Voice } from '#src/texts/language.ts';
import { readDigits } from '#src/texts/written-code.ts';

/** The code of the mail. */
export const codeSchema = z.object({
  code: typedText({ examples: ['04215678'], pattern: '^\\d+$' }, (typed) => {
    const reading = readDigits(typed);
    return reading.ok ? { ok: true, value: reading.code } : wrong(reading.reason);
  }),
});

/** The message when the text cannot be a code. */
export function codeProblem(problems: readonly FieldProblem[], voice: Voice): string {
  const t = confirmationTexts[voice];
  return problems.some(({ code }) => code === 'characters') ? t.codeCharacters : t.codeEmpty;
}
