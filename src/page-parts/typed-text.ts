import { z } from 'zod';
import { type FieldCode, fieldCode } from '#src/page-parts/field-codes.ts';
import { clean, cleanPassword } from '#src/texts/clean.ts';

/** What is wrong with one field of a step. */
export interface FieldProblem {
  readonly field: string;
  /** The box, for a field that has several. */
  readonly part?: string;
  readonly code: FieldCode;
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reasons: readonly { readonly code: FieldCode; readonly part?: string }[] };

interface AboutText {
  readonly examples: readonly string[];
  /** The pattern in the API documentation; `read` may accept more. */
  readonly pattern?: string;
  readonly format?: string;
}

/** Longer than any valid text of a field. */
const longest = 1_000;

/**
 * The schema of a typed text, which is cleaned first: `read` returns its value, or what is wrong. Pages and API read the
 * same fields with the same schemas, from which the API documentation is generated.
 */
export function typedText<T>(about: AboutText, read: (typed: string) => Read<T>) {
  return textOf(about, (typed) => read(clean(typed)));
}

/** The schema of a password, read as by `Typed.secret`. */
export function secretText<T>(about: AboutText, read: (typed: string) => Read<T>) {
  return textOf(about, (typed) => read(cleanPassword(typed)));
}

function textOf<T>(about: AboutText, read: (typed: string) => Read<T>) {
  return z
    .string({ error: ({ input }) => (input === undefined ? 'empty' : 'not-text') })
    .max(longest, { error: 'over-length' })
    .meta({ ...about })
    .transform((typed, context) => {
      const reading = read(typed);
      if (reading.ok) return reading.value;
      for (const { code, part } of reading.reasons)
        context.addIssue({ code: 'custom', message: code, ...(part ? { path: [part] } : {}) });
      return z.NEVER;
    });
}

/** The single reason of a parser, in the form that `typedText` takes. */
export function wrong(code: FieldCode): {
  readonly ok: false;
  readonly reasons: readonly [{ readonly code: FieldCode }];
} {
  return { ok: false, reasons: [{ code }] };
}

/** Reads the fields of a step with its schema: their values, or all problems, in the order of the page. */
export function readFields<T>(schema: z.ZodType<T>, fields: unknown): Reading<T> {
  const reading = schema.safeParse(fields);
  if (reading.success) return { ok: true, value: reading.data };
  const problems = reading.error.issues.flatMap((issue): FieldProblem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((field) => ({ field, code: 'unknown-field' }));
    const [field, part] = issue.path.map(String);
    return [{ field: field ?? '', ...(part ? { part } : {}), code: fieldCode(issue.message) }];
  });
  return { ok: false, problems };
}
