import type { TypedPerson } from '#src/codes/try.ts';
import { identityTyped } from '#src/page-parts/identity/form.ts';
import type { IdentitySchema } from '#src/page-parts/identity/schema.ts';
import { type FieldProblem, type Reading, readFields } from '#src/page-parts/typed-text.ts';
import type { Policy } from '#src/policy/schema.ts';
import { isCodeLike, readCode } from '#src/texts/written-code.ts';
import type { Typed } from '#src/web/page.ts';

export interface CodeForm {
  readonly nir: string;
  readonly code: string;
  /** Null where the policy requires the NIR alone. */
  readonly person: TypedPerson | null;
}

/**
 * Reads the form of the page; the fields besides the code are read as on the identity page, and only those that the
 * policy requires. What cannot be a code is refused as `empty` or `shape`.
 */
export function readCodeForm(
  schema: IdentitySchema,
  { codes: { askedWith } }: Pick<Policy, 'codes'>,
  typed: Typed,
): Reading<CodeForm> {
  const about = readAbout(schema, askedWith, typed);
  const code = readCode(typed.text('code'));
  const problems: FieldProblem[] = isCodeLike(code)
    ? []
    : [{ field: 'code', code: code === '' ? 'empty' : 'shape' }];
  if (about.ok && problems.length === 0) return { ok: true, value: { ...about.value, code } };
  return { ok: false, problems: [...(about.ok ? [] : about.problems), ...problems] };
}

function readAbout(
  schema: IdentitySchema,
  askedWith: Policy['codes']['askedWith'],
  typed: Typed,
): Reading<Omit<CodeForm, 'code'>> {
  const fields = identityTyped(typed);
  if (askedWith === 'nir') {
    const reading = readFields(schema.pick({ nir: true }), fields);
    return reading.ok ? { ok: true, value: { nir: reading.value.nir, person: null } } : reading;
  }
  const reading = readFields(schema.pick({ nom: true, nir: true, dateNaissance: true }), fields);
  if (!reading.ok) return reading;
  const { nom: name, nir, dateNaissance: birthDate } = reading.value;
  return { ok: true, value: { nir, person: { name, birthDate } } };
}
