import { type ProblemCode, problemStatus } from '#src/api/problem-status.ts';
import { problemTexts } from '#src/api/problem-texts.ts';
import type { Standing } from '#src/api/standing.ts';
import type { FieldCode } from '#src/page-parts/field-codes.ts';
import type { Voice } from '#src/texts/language.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';

export interface ProblemField {
  readonly champ: string;
  readonly code: FieldCode | 'other-domain' | 'not-invented';
  readonly message: string;
  /** The address that was probably meant. */
  readonly proposition?: string;
}

export interface ApiProblem {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  /** Replaces the sentence of the code. */
  readonly detail?: string;
  readonly fields?: readonly ProblemField[];
  /** Until then, every try is refused. */
  readonly until?: Date;
  readonly retryAfterSeconds?: number;
  /** The step that is open, when that is the reason. */
  readonly standing?: Standing;
}

export function problem(code: ProblemCode, more: Omit<ApiProblem, 'kind' | 'code'> = {}): ApiProblem {
  return { kind: 'problem', code, ...more };
}

/** The problem document (RFC 9457), in the voice of the request. */
export function problemDocument(problem: ApiProblem, voice: Voice): Readonly<Record<string, unknown>> {
  const { code, detail, fields, until, standing } = problem;
  const [title, sentence] = problemTexts[voice][code];
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

/** The value of `Retry-After`; null for none. */
export function retryAfter({ code, until, retryAfterSeconds }: ApiProblem, now: Date): number | null {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds;
  if (code === 'in-progress') return 1;
  return until ? secondsUntil(until, now) : null;
}
