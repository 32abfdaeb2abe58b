import type { z } from 'zod';
import type { ApiProblem } from '#src/api/problem.ts';
import type { ProblemCode } from '#src/api/problem-status.ts';
import type { MediaType } from '#src/files/media-type.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Voice } from '#src/texts/language.ts';
import type { FileAnswer } from '#src/web/page.ts';

/** One request of a program. */
export interface ApiRequest {
  /** The JSON object of the body; empty when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The session of the token; null where none is needed. */
  readonly session: Session | null;
  readonly voice: Voice;
  /** Of the address; empty where it has none of that name. */
  readonly parameter: (name: string) => string;
  readonly query: URLSearchParams;
  /** What the program calls itself. */
  readonly userAgent: string;
  /** The client, as limits count it. */
  readonly client: Client;
  /** Aborted when the program disconnects before the answer. */
  readonly signal: AbortSignal;
  readonly now: Date;
}

export interface ApiDone {
  readonly kind: 'done';
  readonly status: 200 | 201 | 202 | 204;
  /** Absent with 204. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A JSON object or nothing, a file to save, or a problem. */
export type ApiAnswer = ApiDone | FileAnswer | ApiProblem;

export function done(body: Readonly<Record<string, unknown>>, status: ApiDone['status'] = 200): ApiDone {
  return { kind: 'done', status, body };
}

/** One endpoint: its address, request, answer, and what it does. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `apiRoot`; `:id` stands for a parameter. */
  readonly path: string;
  /** The names of its filters. */
  readonly query?: readonly string[];
  /** Needs no token. */
  readonly open?: true;
  readonly body?: z.ZodObject;
  readonly status: ApiDone['status'];
  /** Its answer contains a new token, which replaces that of the request. */
  readonly renewsToken?: true;
  readonly answer?: z.ZodObject;
  /** It answers with a file of one of these types. */
  readonly file?: readonly MediaType[];
  /** Besides those that any request can get. */
  readonly problems: readonly ProblemCode[];
  /** The person of a request without a token; null when the NIR cannot be read. */
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
  | 'correctAddress'
  | 'signIn'
  | 'signOut'
  | 'payments'
  | 'payment'
  | 'statement'
  | 'taxStatement'
  | 'rights'
  | 'documents'
  | 'documentFile'
  | 'messages'
  | 'messageFile';
