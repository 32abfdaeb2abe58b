import { z } from 'zod';
import { secretText, wrong } from '#src/page-parts/typed-text.ts';

/** The one field of the password step; `passwordProblems` judges it. */
export const passwordSchema = z.object({
  motDePasse: secretText({ examples: ['Brouette.Lune8'], format: 'password' }, (typed) =>
    typed === '' ? wrong('empty') : { ok: true, value: typed },
  ),
});
