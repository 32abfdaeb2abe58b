import { z } from 'zod';
import { parseBirthDate } from '#src/civil-status/birth-date.ts';
import { parseName } from '#src/civil-status/names.ts';
import { parseNir } from '#src/civil-status/nir.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { typedText, wrong } from '#src/page-parts/typed-text.ts';

/** The box of the page for each part of the date. */
const boxes = { day: 'jour', month: 'mois', year: 'annee' } as const;

/** The fields of the identity step. `today` returns the date in Paris, `yyyy-mm-dd`. */
export function identitySchema(today: () => string) {
  return z.object({
    nom: typedText({ examples: ['Venturi'] }, (typed) => {
      const reading = parseName(typed);
      if (reading.ok) return { ok: true, value: reading.name };
      return wrong(reading.reason === 'characters' ? 'name' : reading.reason);
    }),
    nir: typedText({ examples: ['162122B010001'], pattern: nirPattern }, (typed) => {
      const nir = parseNir(typed);
      return nir.ok ? { ok: true, value: nir.nir } : wrong(nir.reason);
    }),
    /** `jj/mm/aaaa`; the value is `yyyy-mm-dd`, with `00` for an unknown day or month. */
    dateNaissance: typedText({ examples: ['18/12/1962'], pattern: '^\\d{2}/\\d{2}/\\d{4}$' }, (typed) => {
      const [day = '', month = '', year = '', ...more] = typed.split('/');
      const birthDate = parseBirthDate({ day, month, year: [year, ...more].join('/') }, today());
      if (birthDate.ok) return { ok: true, value: birthDate.birthDate };
      return {
        ok: false,
        reasons: birthDate.problems.map(({ part, reason }) => ({ code: reason, part: boxes[part] })),
      };
    }),
    codePostal: typedText({ examples: ['63000'], pattern: '^\\d{5}$' }, (typed) => {
      const reading = parsePostalCode(typed);
      if (reading.ok) return { ok: true, value: reading.postalCode };
      const { reason } = reading;
      return wrong(reason === 'empty' || reason === 'unknown' ? reason : 'postal-code');
    }),
  });
}

export type IdentitySchema = ReturnType<typeof identitySchema>;

const nirPattern = '^[1-478]\\d{4}(\\d{2}|2[AB])\\d{6}(\\d{2})?$';
