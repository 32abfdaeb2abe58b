import type { FieldCode, TextsByCode } from '#src/page-parts/field-codes.ts';
import type { IdentitySchema } from '#src/page-parts/identity/schema.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { type FieldProblem, type Reading, readFields } from '#src/page-parts/typed-text.ts';
import type { Voice } from '#src/texts/language.ts';
import { inThreeFields } from '#src/texts/read-day.ts';
import { type Problem, Typed } from '#src/web/page.ts';

export interface IdentityForm {
  readonly name: string;
  readonly nir: string;
  /** `yyyy-mm-dd`, `00` for an unknown day or month. */
  readonly birthDate: string;
  readonly postalCode: string;
}

/** Reads the four fields, the date in one piece (`jj/mm/aaaa`). */
export function readIdentity(schema: IdentitySchema, fields: unknown): Reading<IdentityForm> {
  const reading = readFields(schema, fields);
  if (!reading.ok) return reading;
  const { nom: name, nir, dateNaissance: birthDate, codePostal: postalCode } = reading.value;
  return { ok: true, value: { name, nir, birthDate, postalCode } };
}

/** The fields of the page, whose date is in three boxes, as `readIdentity` takes them. */
export function identityTyped(typed: Typed): Readonly<Record<string, string>> {
  const box = (part: string) => typed.text(`dateNaissance-${part}`);
  const { day, month, year } = inThreeFields({ day: box('jour'), month: box('mois'), year: box('annee') });
  return {
    nom: typed.text('nom'),
    nir: typed.text('nir'),
    dateNaissance: [day, month, year].map((part) => part.replaceAll('/', '?')).join('/'),
    codePostal: typed.text('codePostal'),
  };
}

/** The fields of the page, prefilled from an identity typed before. */
export function identityAsTyped({ name, nir, birthDate, postalCode }: IdentityForm): Typed {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return new Typed(
    new Map([
      ['nom', name],
      ['nir', nir],
      ['dateNaissance-jour', day],
      ['dateNaissance-mois', month],
      ['dateNaissance-annee', year],
      ['codePostal', postalCode],
    ]),
  );
}

/** The message of a wrong field. */
export function identityProblem({ field, part, code }: FieldProblem, voice: Voice): Problem {
  return {
    field,
    text: problemText(field, code, voice),
    ...(part ? { target: `${field}-${part}` } : {}),
  };
}

function problemText(field: string, code: FieldCode, voice: Voice): string {
  const t = identityTexts[voice];
  const nirProblems: TextsByCode = t.nirProblems;
  const birthDateProblems: TextsByCode = t.birthDateProblems;
  switch (field) {
    case 'nir':
      return nirProblems[code] ?? t.nirProblems.length;
    case 'dateNaissance':
      return birthDateProblems[code] ?? t.birthDateProblems.missing;
    case 'codePostal':
      if (code === 'empty') return t.postalCodeEmpty;
      return code === 'unknown' ? t.postalCodeUnknown : t.postalCodeProblem;
    default:
      return code === 'empty' ? t.nameEmpty : code === 'name' ? t.nameLetters : t.nameLong;
  }
}
