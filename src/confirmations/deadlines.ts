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

/** When the next reminder is due, counted from the creation of the account; null when none is left. */
export function nextReminder(reminderDays: readonly number[], createdAt: Date, after: Date): Date | null {
  const due = reminderDays
    .map((days) => new Date(createdAt.getTime() + days * 86_400_000))
    .find((date) => date > after);
  return due ?? null;
}
