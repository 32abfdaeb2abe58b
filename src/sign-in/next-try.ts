import { type Language, languageOf, localeOf, type Voice } from '#src/texts/language.ts';

const options = {
  day: '2-digit',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Europe/Paris',
} as const;
/** Created on first use, so that start-up does not load the time zones. */
const formats = new Map<Language, Intl.DateTimeFormat>();

function formatOf(language: Language): Intl.DateTimeFormat {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(localeOf(language), options);
  formats.set(language, format);
  return format;
}

/**
 * When the next attempt is allowed, to the second, rounded up: «le 01 novembre 2026 à 04 h 05 min 00 s»,
 * “on 01 November 2026 at 04:05:00”. Of constant length within a month, so that its length reveals nothing.
 */
export function formatNextTry(instant: Date, voice: Voice): string {
  const language = languageOf(voice);
  const whole = new Date(Math.ceil(instant.getTime() / 1000) * 1000);
  const parts = Object.fromEntries(
    formatOf(language)
      .formatToParts(whole)
      .map(({ type, value }) => [type, value]),
  );
  const { day, month, year, hour, minute, second } = parts;
  return language === 'fr'
    ? `le\u00a0${day}\u00a0${month}\u00a0${year} à\u00a0${hour}\u00a0h\u00a0${minute}\u00a0min\u00a0${second}\u00a0s`
    : `on ${day}\u00a0${month}\u00a0${year} at ${hour}:${minute}:${second}`;
}
