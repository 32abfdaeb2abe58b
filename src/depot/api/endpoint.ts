import type { z } from 'zod';
import type { DepotProblem, DepotProblemCode } from '#src/depot/api/problem.ts';
import type { Sender, SenderScope } from '#src/senders/sender.ts';

/** One request of a sender’s program. */
export interface DepotRequest {
  readonly sender: Sender;
  /** The parsed JSON; for a form, that of its part `deposit`. */
  readonly body: unknown;
  /** The files of a form, by their names. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Parts of the address and of the query. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly requestId: string;
}

export interface DepotFile {
  readonly kind: 'file';
  readonly type: string;
  readonly bytes: AsyncIterable<Buffer>;
  readonly length: number;
}

export type DepotAnswer =
  | { readonly kind: 'done'; readonly body: Readonly<Record<string, unknown>> }
  | DepotFile
  | DepotProblem;

/** One endpoint: its address, what it takes and answers, and what it does. */
export interface DepotEndpoint {
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** Below `depotRoot`, as Fastify writes it. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Any of these is enough to ask; each deposit needs that of its kind. */
  readonly scopes: readonly SenderScope[];
  /** What is sent: JSON, or a form with it and files. */
  readonly takes: 'nothing' | 'json' | 'form';
  /** For the description. */
  readonly body: z.ZodType | null;
  /** Null: a file. */
  readonly answer: z.ZodType | null;
  readonly parameters: readonly DepotParameter[];
  readonly problems: readonly DepotProblemCode[];
  readonly handle: (request: DepotRequest) => Promise<DepotAnswer>;
}

export interface DepotParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema: z.ZodType;
  readonly description: string;
}

export const depotRoot = '/api/depot/v1';
export const tokenPath = `${depotRoot}/token`;
