import type { Policy } from '#src/policy/schema.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

/** Civil days of Europe/Paris, up to their last millisecond, counted from the creation of the account. */
export function confirmationDeadlines(
  { linkActiveDays, selfResendUntilDays }: Policy['confirmation'],
  createdAt: Date,
): { linkDeadAt: Date; pendingUntil: Date } {
  return {
    linkDeadAt: endOfDayAfter(createdAt, linkActiveDays),
    pendingUntil: endOfDayAfter(createdAt, selfResendUntilDays),
  };
}

const dayMs = 86_400_000;

/**
 * The last instant of a link that replaces another: the day that the person was told before, so that a reminder does not
 * contradict it. Only when less than a day of it is left does a new period begin, within the life of the account.
 */
export function replacingLinkDeadAt(
  { linkActiveDays }: Policy['confirmation'],
  { linkDeadAt, pendingUntil }: { readonly linkDeadAt: Date; readonly pendingUntil: Date },
  now: Date,
): Date {
  if (linkDeadAt.getTime() - now.getTime() > dayMs) return linkDeadAt;
  const renewed = endOfDayAfter(now, linkActiveDays);
  return renewed < pendingUntil ? renewed : pendingUntil;
}

/** When the next reminder is due, counted from the creation of the account; null when none is left. */
export function nextReminder(reminderDays: readonly number[], createdAt: Date, after: Date): Date | null {
  const due = reminderDays
    .map((days) => new Date(createdAt.getTime() + days * dayMs))
    .find((date) => date > after);
  return due ?? null;
}
