import { type ProblemCode, problemStatus } from '#src/api/problem-status.ts';
import { problemTexts } from '#src/api/problem-texts.ts';
import type { Standing } from '#src/api/standing.ts';
import type { FieldCode } from '#src/page-parts/field-codes.ts';
import type { Language } from '#src/texts/language.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';

export interface ProblemField {
  readonly champ: string;
  readonly code: FieldCode | 'other-domain';
  readonly message: string;
  /** An address that was perhaps meant. */
  readonly proposition?: string;
}

export interface ApiProblem {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  /** Instead of the sentence that goes with the code. */
  readonly detail?: string;
  readonly fields?: readonly ProblemField[];
  /** Before that, trying again is of no use. */
  readonly until?: Date;
  readonly retryAfterSeconds?: number;
  /** Where the person stands, when that is why. */
  readonly standing?: Standing;
}

export function problem(code: ProblemCode, more: Omit<ApiProblem, 'kind' | 'code'> = {}): ApiProblem {
  return { kind: 'problem', code, ...more };
}

/** The document of RFC 9457 that says so, in the language of whoever asked. */
export function problemDocument(told: ApiProblem, language: Language): Readonly<Record<string, unknown>> {
  const { code, detail, fields, until, standing } = told;
  const [title, sentence] = problemTexts[language][code];
  return {
    type: `/api/v1#${code}`,
    title,
    status: problemStatus[code],
    code,
    detail: detail ?? sentence,
    ...(fields ? { champs: fields } : {}),
    ...(until ? { reessayerA: until.toISOString() } : {}),
    ...(standing ?? {}),
  };
}

/** The value of `Retry-After`, where there is one. */
export function retryAfter({ code, until, retryAfterSeconds }: ApiProblem, now: Date): number | null {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds;
  if (code === 'in-progress') return 1;
  return until ? secondsUntil(until, now) : null;
}
