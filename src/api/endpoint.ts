import type { z } from 'zod';
import type { ApiProblem } from '#src/api/problem.ts';
import type { ProblemCode } from '#src/api/problem-status.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Language } from '#src/texts/language.ts';

/** One request of a program. */
export interface ApiRequest {
  /** The JSON object that was sent; empty where nothing is. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the token opens; null where none is needed. */
  readonly session: Session | null;
  readonly language: Language;
  /** Whom it comes from, as counters name it. */
  readonly client: Client;
  /** Aborted when the program has left before the answer. */
  readonly signal: AbortSignal;
  readonly now: Date;
}

export interface ApiDone {
  readonly kind: 'done';
  readonly status: 200 | 201 | 202 | 204;
  /** Absent with 204. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export type ApiAnswer = ApiDone | ApiProblem;

export function done(body: Readonly<Record<string, unknown>>, status: ApiDone['status'] = 200): ApiDone {
  return { kind: 'done', status, body };
}

/** One thing that programs may ask: its address, what it takes and gives, what it does. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `apiRoot`. */
  readonly path: string;
  /** Asked without a token. */
  readonly open?: true;
  readonly body?: z.ZodObject;
  readonly status: ApiDone['status'];
  /** Its answer brings another token in place of the one that asked. */
  readonly renewsToken?: true;
  readonly answer?: z.ZodObject;
  /** Beside those that any request may meet. */
  readonly problems: readonly ProblemCode[];
  /** Whom the request is about, before a token says so; null when it cannot be read. */
  readonly personOf?: (request: ApiRequest) => Buffer | null;
  readonly handle: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

export type EndpointId =
  | 'begin'
  | 'standing'
  | 'abandon'
  | 'readVerification'
  | 'verify'
  | 'readTerms'
  | 'answerTerms'
  | 'readPassword'
  | 'choosePassword'
  | 'readContact'
  | 'giveContact'
  | 'readWaiting'
  | 'confirm'
  | 'sendAgain'
  | 'correctAddress';
