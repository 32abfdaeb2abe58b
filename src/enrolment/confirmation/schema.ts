import { z } from 'zod';
import { typedText, wrong } from '#src/enrolment/typed-text.ts';

/** The code of the mail, as typed: what separates its digits does not count. */
export const codeSchema = z.object({
  code: typedText({ examples: ['04215678'], pattern: '^\\d+$' }, (typed) => {
    const code = typed.replace(/\D/g, '');
    return code === '' ? wrong('empty') : { ok: true, value: code };
  }),
});
