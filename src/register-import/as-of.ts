import { endOfParisDay, instantInParis, parisDate } from '#src/time/paris.ts';

/**
 * The date of a register file: when what it says was true. A day of Paris, or an instant where it is known.
 *
 * Both ends are instants; they are the same for an instant.
 */
export interface AsOf {
  readonly from: Date;
  readonly until: Date;
}

/** Reads `yyyy-mm-dd` or an instant (`2026-11-21T04:00:00Z`, with an offset); null for anything else. */
export function parseAsOf(text: string): AsOf | null {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayAsOf(Temporal.PlainDate.from(text));
    return instantAsOf(new Date(Temporal.Instant.from(text).epochMilliseconds));
  } catch {
    return null;
  }
}

export function instantAsOf(at: Date): AsOf {
  return { from: at, until: at };
}

function dayAsOf(day: Temporal.PlainDate): AsOf {
  return { from: instantInParis(day), until: endOfParisDay(day) };
}

/** Whether a file is certainly of an earlier time than another: a day is as old as any instant within it. */
export function isOlder(one: AsOf, other: AsOf): boolean {
  return one.until < other.from;
}

/** A clock may be some hours wrong, a file a time zone ahead; nothing is known of the day after tomorrow. */
export function isInTheFuture({ from }: AsOf, now: Date): boolean {
  return from.getTime() > now.getTime() + 86_400_000;
}

/** As `parseAsOf` reads it. */
export function formatAsOf({ from, until }: AsOf): string {
  return from.getTime() === until.getTime() ? from.toISOString().replace(/\.\d+Z$/, 'Z') : parisDate(from);
}
