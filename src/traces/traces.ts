import type { FastifyInstance } from 'fastify';

/** What a span says of itself. All of it comes from closed lists: patterns of routes, names of tables and duties, codes. */
export interface SpanAbout {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal' | 'consumer';
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** The caller’s span, by the header `traceparent` (W3C Trace Context). */
export interface RemoteParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

/** A span that goes on. */
export interface OpenSpan {
  /** What is run becomes a part of it, and what that runs later. */
  run<T>(work: () => T): T;
  end(outcome: { readonly attributes?: SpanAbout['attributes']; readonly failed: boolean }): void;
}

/** Where a process reports what it does and how long that takes. Nothing personal is in a span, no text of an error either. */
export interface Traces {
  begin(about: SpanAbout, parent: RemoteParent | null): OpenSpan;
  /** A span below the one around it. */
  beginWithin(about: SpanAbout): OpenSpan;
  /** Does something within a span, below the one around it. */
  within<T>(about: SpanAbout, work: () => Promise<T>): Promise<T>;
  /** A part of the span around it that has just ended; without one, nothing is reported. */
  note(about: SpanAbout, ms: number, error: unknown): void;
  /** A span for each request of an application, to be called before anything else is registered. */
  watchRequests(app: FastifyInstance): void;
  /** Sends what is left. */
  close(): Promise<void>;
}
