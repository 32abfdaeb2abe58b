import { languageOf, localeOf, type Voice } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';
import { instantInParis } from '#src/time/paris.ts';

/** A civil day (`yyyy-mm-dd`) in words: «21 novembre 2026», “21 November 2026”; in plain words with its weekday. */
export function formatDay(day: string, voice: Voice): string {
  return formatDate(instantInParis(Temporal.PlainDate.from(day)), voice);
}

/** A civil day (`yyyy-mm-dd`) in figures, for tables and headings: «21/11/2026». */
export function formatDayInFigures(day: string): string {
  return day.split('-').toReversed().join('/');
}

/** A month (`yyyy-mm`): «novembre 2026», “November 2026”. */
export function formatMonth(month: string, voice: Voice): string {
  const locale = localeOf(languageOf(voice));
  const known =
    months.get(locale) ??
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  months.set(locale, known);
  return known.format(new Date(`${month}-01T00:00:00Z`)).replaceAll(' ', '\u00a0');
}

/** Made on first use, as in `typography.ts`. */
const months = new Map<string, Intl.DateTimeFormat>();
