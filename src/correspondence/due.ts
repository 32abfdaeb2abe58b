import type { Frequency } from '#src/correspondence/correspondence.ts';
import { instantInParis, parisDay } from '#src/time/paris.ts';

/** So that what is deposited together is told together. */
const atOnceMs = 5 * 60_000;
const hour = '08:00';

/**
 * When a deposit of this instant is told of (avis de dépôt): after five minutes; at the next 8:00 in Paris; or at 8:00 of the next
 * Monday. What comes at 8:00 sharp waits for the next time.
 */
export function avisDueAt(frequency: Frequency, now: Date): Date {
  if (frequency === 'at-once') return new Date(now.getTime() + atOnceMs);
  const today = parisDay(now);
  const days = frequency === 'daily' ? [0, 1] : [(8 - today.dayOfWeek) % 7, 8 - today.dayOfWeek];
  const [first = now, second = now] = days.map((ahead) => instantInParis(today.add({ days: ahead }), hour));
  return first > now ? first : second;
}
