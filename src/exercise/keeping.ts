import type { ClassState } from '#src/exercise/class-state.ts';

/** How long a class is kept before it is erased by itself. */
export interface Keeping {
  /** After its end. */
  readonly hours: number;
}

/** A class that was never ended is kept while it is used, as by a group that comes once a week and misses one. */
const unusedDays = 14;

/** When a class is erased by itself, unless somebody uses it before. */
export function erasedAt({ endedAt, time }: Pick<ClassState, 'endedAt' | 'time'>, { hours }: Keeping): Date {
  return endedAt === null ? lostAt(time.usedAt) : new Date(endedAt.getTime() + hours * hourMs);
}

/** The same for a class of which nothing is known but when its folder was last written to. */
export function lostAt(usedAt: Date): Date {
  return new Date(usedAt.getTime() + unusedDays * 24 * hourMs);
}

const hourMs = 3_600_000;
