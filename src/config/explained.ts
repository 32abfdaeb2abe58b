import { z } from 'zod';

/** What docs/configuration.md says about a variable. */
export interface Explanation {
  readonly meaning: string;
  readonly example: string;
  readonly secret?: true;
  /** Production does not start without it. */
  readonly required?: true;
  /** What stands in for a variable that is not set, where the schema has no fixed default. */
  readonly unset?: string;
}

export const explanations = z.registry<Explanation>();

/** A whole number of a range. */
export function whole(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number(message).min(least, message).max(most, message));
}

/** One of these words. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

export const text = z.string().trim();
