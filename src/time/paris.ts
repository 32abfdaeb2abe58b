const zone = 'Europe/Paris';

/** The civil days that were asked for lately, by the hour of an instant. */
const days = new Map<number, Temporal.PlainDate>();

/** The civil day of Paris at an instant. Paris is whole hours ahead of UTC, so that no day begins within an hour. */
export function parisDay(instant: Date): Temporal.PlainDate {
  const hour = Math.floor(instant.getTime() / 3_600_000);
  const known = days.get(hour);
  if (known) return known;
  const day = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  if (days.size >= 500) days.clear();
  days.set(hour, day);
  return day;
}

/** The civil date of Paris at an instant, `yyyy-mm-dd`. */
export function parisDate(instant: Date): string {
  return parisDay(instant).toString();
}

/** An instant as an operator reads it, to the millisecond: `2026-03-01T10:00:00.000+01:00`. */
export function parisTime(instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}

/** The instant of a time of day in Paris; by default `00:00`, the beginning of the day. */
export function instantInParis(day: Temporal.PlainDate, time = '00:00'): Date {
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);
}

/** The last millisecond of a civil day of Paris. */
export function endOfParisDay(day: Temporal.PlainDate): Date {
  return new Date(instantInParis(day.add({ days: 1 })).getTime() - 1);
}

/**
 * A deadline in `days` days: the last millisecond of civil day J + `days` in Paris.
 *
 * The day of the instant does not count, as in French time limits, so a person never gets less than announced; days of
 * 23 and 25 hours (last Sundays of March and October) count as one day each.
 * `days` is a whole number; 0 is the end of the same day.
 */
export function endOfDayAfter(instant: Date, days: number): Date {
  return endOfParisDay(parisDay(instant).add({ days }));
}

/** Which one it is of the hour that comes twice when summer time ends; null at any other time. */
export function hourThatComesTwice(instant: Date): 'summer' | 'winter' | null {
  const time = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) => time.toPlainDateTime().toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  if (first === second) return null;
  return instant.getTime() === first ? 'summer' : 'winter';
}
