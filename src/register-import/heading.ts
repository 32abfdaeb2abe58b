import { z } from 'zod';
import { type AsOf, parseAsOf } from '#src/register-import/as-of.ts';
import { parseJson } from '#src/texts/json.ts';

/** What the first line of a register file may say of the file. */
export interface Heading {
  readonly asOf: AsOf;
  /** How many lines follow, where it is said. */
  readonly persons: number | null;
  /** Null where it is not said: the file is full. */
  readonly kind: 'full' | 'delta' | null;
  /** Of a delta: the date of the register that it goes on. */
  readonly since: AsOf | null;
}

const heading = z.strictObject({
  asOf: z.string(),
  persons: z.int().nonnegative().optional(),
  kind: z.enum(['full', 'delta']).optional(),
  since: z.string().optional(),
});

/**
 * Reads a first line as a heading: `{"asOf":"2026-11-21","persons":5000}`, or of a delta
 * `{"kind":"delta","since":"2026-11-20","asOf":"2026-11-21"}`. Null when it is none (an object without
 * `asOf`, or no object); `broken` when it means to be one and cannot be read.
 */
export function readHeading(text: string): Heading | 'broken' | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('asOf' in value)) return null;
  const read = heading.safeParse(value);
  const asOf = read.success ? parseAsOf(read.data.asOf) : null;
  if (!read.success || !asOf) return 'broken';
  const { persons = null, kind = null } = read.data;
  const since = read.data.since === undefined ? null : parseAsOf(read.data.since);
  const isSaid = read.data.since !== undefined;
  if (isSaid !== (since !== null) || isSaid !== (kind === 'delta')) return 'broken';
  return { asOf, persons, kind, since };
}
