import { type Language, languageOf, localeOf, type Voice } from '#src/texts/language.ts';

const options = {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
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

/** As long as any time, in characters and in bytes. */
const atOnce: Record<Language, string> = {
  fr: 'dès maintenant. Il n’y a rien à attendre',
  en: 'right now. There is no need to wait',
};

/**
 * When the next attempt is allowed, rounded up to the minute: «le 01/11/2026 à 04 h 06 (heure de Paris)»,
 * “on 01/11/2026 at 04:06 (Paris time)”; without a time where there is nothing to wait for. Of constant length, in
 * characters and in bytes, so that its length reveals nothing.
 */
export function formatNextTry(instant: Date, now: Date, voice: Voice): string {
  const language = languageOf(voice);
  if (instant <= now) return atOnce[language];
  const whole = new Date(Math.ceil(instant.getTime() / 60_000) * 60_000);
  const parts = Object.fromEntries(
    formatOf(language)
      .formatToParts(whole)
      .map(({ type, value }) => [type, value]),
  );
  const { day, month, year, hour, minute } = parts;
  return language === 'fr'
    ? `le ${day}/${month}/${year} à\u00a0${hour}\u00a0h\u00a0${minute} (heure de Paris)`
    : `on ${day}/${month}/${year} at ${hour}:${minute} (Paris time)`;
}
