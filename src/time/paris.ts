const zone = 'Europe/Paris';

/** The civil date of Paris at an instant, `yyyy-mm-dd`. */
export function parisDate(instant: Date): string {
  return plainDate(instant).toString();
}

/**
 * The deadline «in so many days»: the last millisecond of civil day J + `days` in Paris.
 *
 * The day of the instant does not count, as in French time limits, so a person never gets less than what
 * was announced; days of 23 and 25 hours (last Sundays of March and October) count as one day each.
 * `days` is a whole number; 0 is the end of the same day.
 */
export function endOfDayAfter(instant: Date, days: number): Date {
  const nextMidnight = plainDate(instant)
    .add({ days: days + 1 })
    .toZonedDateTime(zone);
  return new Date(nextMidnight.epochMilliseconds - 1);
}

function plainDate(instant: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}
