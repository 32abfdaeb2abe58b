import { identityTexts } from '#src/enrolment/identity/texts.ts';
import { type BirthDateProblem, parseBirthDate } from '#src/register/birth-date.ts';
import { parseNir } from '#src/register/nir.ts';
import type { Language } from '#src/texts/language.ts';
import type { Problem, Typed } from '#src/web/page.ts';

export interface IdentityForm {
  readonly name: string;
  readonly nir: string;
  /** `yyyy-mm-dd`, `00` for an unknown day or month. */
  readonly birthDate: string;
  readonly postalCode: string;
}

export type IdentityReading =
  | { readonly ok: true; readonly form: IdentityForm }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the four fields; every problem of form, in the order of the page. `today` is `yyyy-mm-dd` in Paris. */
export function readIdentity(typed: Typed, today: string, language: Language): IdentityReading {
  const t = identityTexts[language];
  const name = typed.text('nom').trim();
  const nir = parseNir(typed.text('nir'));
  const birthDate = parseBirthDate(
    {
      day: typed.text('dateNaissance-jour'),
      month: typed.text('dateNaissance-mois'),
      year: typed.text('dateNaissance-annee'),
    },
    today,
  );
  const postalCode = typed.text('codePostal').replace(/\s/g, '');
  const problems: Problem[] = [];
  if (!/\p{L}/u.test(name) || name.length > 100) problems.push({ field: 'nom', text: t.nameProblem });
  if (!nir.ok) problems.push({ field: 'nir', text: t.nirProblems[nir.reason] });
  if (!birthDate.ok)
    problems.push(...birthDate.problems.map((problem) => birthDateProblem(problem, language)));
  if (!/^\d{5}$/.test(postalCode))
    problems.push({ field: 'codePostal', text: postalCode === '' ? t.postalCodeEmpty : t.postalCodeProblem });
  if (problems.length > 0 || !nir.ok || !birthDate.ok) return { ok: false, problems };
  return { ok: true, form: { name, nir: nir.nir, birthDate: birthDate.birthDate, postalCode } };
}

function birthDateProblem({ part, reason }: BirthDateProblem, language: Language): Problem {
  const box = { day: 'jour', month: 'mois', year: 'annee' }[part];
  return {
    field: 'dateNaissance',
    target: `dateNaissance-${box}`,
    text: identityTexts[language].birthDateProblems[reason],
  };
}
