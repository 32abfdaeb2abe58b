import { isPlain, languageOf, localeOf, type Voice } from '#src/texts/language.ts';
import { hourThatComesTwice } from '#src/time/paris.ts';

const formats = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  dayName: { weekday: 'long' },
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Made on first use: the first one reads the time zones, which a start need not wait for. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(format: keyof typeof formats, voice: Voice): Intl.DateTimeFormat {
  const language = languageOf(voice);
  const cached = formatters.get(format + language);
  if (cached) return cached;
  const created = new Intl.DateTimeFormat(localeOf(language), {
    ...formats[format],
    timeZone: 'Europe/Paris',
  });
  formatters.set(format + language, created);
  return created;
}

/**
 * The day in Europe/Paris: «21 novembre 2026», «1er novembre 2026», “21 November 2026”; in plain words with its
 * weekday: «samedi 21 novembre 2026».
 */
export function formatDate(date: Date, voice: Voice): string {
  const format = isPlain(voice) ? 'weekday' : 'day';
  const day = formatter(format, voice).format(date).replace(',', '').replaceAll(' ', '\u00a0');
  // After its weekday the line may break: the whole is wider than a box on a small screen.
  const broken = isPlain(voice) ? day.replace('\u00a0', ' ') : day;
  return languageOf(voice) === 'fr' ? broken.replace(/(?<!\d)1\u00a0/, '1er\u00a0') : broken;
}

const places = {
  fr: { usual: 'heure de Paris', summer: 'heure d’été', winter: 'heure d’hiver' },
  en: { usual: 'Paris time', summer: 'summer time', winter: 'winter time' },
};

/** A minute in words, for people in Paris and for people anywhere. */
interface Minute {
  readonly inParis: string;
  readonly anywhere: string;
}

/** The minutes that pages named lately: many sessions end in the same one. */
const minutes = new Map<string, Minute>();

function minuteOf(date: Date, voice: Voice): Minute {
  const language = languageOf(voice);
  const name = `${Math.floor(date.getTime() / 60_000)} ${language}`;
  const known = minutes.get(name);
  if (known) return known;
  const hour = formatter('hour', voice).format(date);
  const inParis = language === 'fr' ? hour.replace(/^0?(\d+):/, '$1\u00a0h\u00a0') : hour;
  const place = places[language][hourThatComesTwice(date) ?? 'usual'];
  const minute = { inParis, anywhere: `${inParis} (${place})` };
  if (minutes.size >= 500) minutes.clear();
  minutes.set(name, minute);
  return minute;
}

/** The time of day in Paris: «14 h 05», “14:05”. Never to the second. */
export function formatHourInParis(date: Date, voice: Voice): string {
  return minuteOf(date, voice).inParis;
}

/**
 * The time of day, for people anywhere: «14 h 05 (heure de Paris)», “14:05 (Paris time)”. In the hour that comes twice on the
 * last Sunday of October, which of the two.
 */
export function formatHour(date: Date, voice: Voice): string {
  return minuteOf(date, voice).anywhere;
}

/**
 * The same, after the name of its day where that is not the day of `from` in Paris: «samedi, 2 h 30 (heure de Paris)».
 * Within a week of `from`.
 */
export function formatHourFrom(from: Date, date: Date, voice: Voice): string {
  const [today, day] = [from, date].map((instant) => formatter('dayName', voice).format(instant));
  const hour = formatHour(date, voice);
  return day === today ? hour : `${day}, ${hour}`;
}

/** Day and time: «le 21 novembre 2026 à 14 h 05 (heure de Paris)», “on 21 November 2026 at 14:05 (Paris time)”. */
export function formatTime(date: Date, voice: Voice): string {
  const [on, at] = languageOf(voice) === 'fr' ? ['le\u00a0', ' à\u00a0'] : ['on ', ' at '];
  return `${on}${formatDate(date, voice)}${at}${formatHour(date, voice)}`;
}

/** When something may be done again, rounded up to the minute: 14:05:20 is shown as «14 h 06». */
export function formatNotBefore(date: Date, voice: Voice): string {
  return formatTime(new Date(Math.ceil(date.getTime() / 60_000) * 60_000), voice);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const faults: readonly (readonly [RegExp, string])[] = [
  [/[^\u00a0\s][:;!?](?=\s|$)|[ \u202f][:;!?]/g, 'non-breaking space before : ; ! ?'],
  [/«(?!\u00a0)|(?<!\u00a0)»/g, 'non-breaking spaces inside « »'],
  [/\p{L}'\p{L}/gu, 'typographic apostrophe'],
  [/"/g, 'French quotation marks'],
  [/\.\.\./g, 'one character for …'],
];

/**
 * What a French text gets wrong: each fault with the words around it, for tests over pages and catalogues.
 *
 * Give it text, not markup. Times and addresses (`https://`, `14:05`) are no fault: no space follows.
 */
export function frenchTypographyFaults(text: string): string[] {
  return faults.flatMap(([pattern, rule]) =>
    [...text.matchAll(pattern)]
      .filter((match) => !/^[!?][:;!?]$/.test(match[0]))
      .map((match) => `${rule}: “${text.slice(Math.max(0, match.index - 20), match.index + 20)}”`),
  );
}
