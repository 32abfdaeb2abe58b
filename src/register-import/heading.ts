import { z } from 'zod';
import { type AsOf, parseAsOf } from '#src/register-import/as-of.ts';
import { parseJson } from '#src/texts/json.ts';

/** What the first line of a register file may say of the file. */
export interface Heading {
  readonly asOf: AsOf;
  /** How many lines follow, where it is said. */
  readonly persons: number | null;
}

const heading = z.strictObject({
  asOf: z.string(),
  persons: z.int().nonnegative().optional(),
});

/**
 * Reads a first line as a heading: `{"asOf":"2026-11-21","persons":5000}`. Null when it is none (an object without
 * `asOf`, or no object); `broken` when it means to be one and cannot be read.
 */
export function readHeading(text: string): Heading | 'broken' | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('asOf' in value)) return null;
  const read = heading.safeParse(value);
  const asOf = read.success ? parseAsOf(read.data.asOf) : null;
  if (!read.success || !asOf) return 'broken';
  return { asOf, persons: read.data.persons ?? null };
}
