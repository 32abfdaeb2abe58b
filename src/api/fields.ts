import { type ApiProblem, type ProblemField, problem } from '#src/api/problem.ts';
import type { TextsByCode } from '#src/page-parts/field-codes.ts';
import type { FieldProblem } from '#src/page-parts/typed-text.ts';
import type { RefusedField } from '#src/services.ts';
import { common } from '#src/texts/common.ts';
import { catalogue, type Voice } from '#src/texts/language.ts';

/** Messages for problems that a form of a page cannot have. */
const texts = catalogue<TextsByCode>({
  fr: {
    'not-text': 'Ce champ est un texte',
    'not-boolean': 'Ce champ vaut true ou false',
    'over-length': 'Ce champ a 1 000 caractères au plus',
    'unknown-field': 'Ce champ n’est pas demandé ici',
  },
  en: {
    'not-text': 'This field is a text',
    'not-boolean': 'This field is true or false',
    'over-length': 'This field has 1,000 characters at most',
    'unknown-field': 'This field is not asked for here',
  },
});

/** The problem of wrong fields: each with its code, and the message of the page. */
export function wrongFields(
  problems: readonly FieldProblem[],
  voice: Voice,
  words: (problem: FieldProblem) => string,
): ApiProblem {
  const fields = problems.map((one): ProblemField => {
    const { field: champ, code } = one;
    return { champ, code, message: texts[voice][code] ?? words(one) };
  });
  return problem('fields', { fields });
}

/** In an exercise: fields that hold what could be somebody’s own. */
export function notInvented(refused: readonly RefusedField[], voice: Voice): ApiProblem {
  const words = common[voice].notInvented;
  return problem('fields', {
    fields: refused.map(({ field, what }) => ({
      champ: field.slice(0, 50),
      code: 'not-invented',
      message: words[what],
    })),
  });
}

/** Fields that the endpoint does not have: a mistyped name must not be read as an empty field. */
export function unknownFields(body: object, names: readonly string[]): FieldProblem[] {
  return Object.keys(body)
    .filter((field) => !names.includes(field))
    .slice(0, 20)
    .map((field) => ({ field: field.slice(0, 50), code: 'unknown-field' }));
}
