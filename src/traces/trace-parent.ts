import type { RemoteParent } from '#src/traces/traces.ts';

/** Reads a `traceparent`; null for anything else. What a future version adds at its end is left out, as the standard says. */
export function readTraceParent(header: unknown): RemoteParent | null {
  if (typeof header !== 'string' || header.length > 512) return null;
  const shape = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-|$)/;
  const [, version, traceId, spanId, flags, rest] = shape.exec(header) ?? [];
  if (!traceId || !spanId || !flags || (version === '00' && rest === '-')) return null;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
