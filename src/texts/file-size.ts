import { languageOf, localeOf, type Voice } from '#src/texts/language.ts';

const units = { fr: ['Ko', 'Mo'], en: ['kB', 'MB'] } as const;

/** The size of a file: «245 Ko», «1,2 Mo». Of less than a kilobyte: «1 Ko». */
export function formatFileSize(bytes: number, voice: Voice): string {
  const language = languageOf(voice);
  const [kilo, mega] = units[language];
  const kilobytes = Math.max(1, Math.round(bytes / 1_000));
  if (kilobytes < 1_000) return `${kilobytes}\u00a0${kilo}`;
  const megabytes = (bytes / 1_000_000).toLocaleString(localeOf(language), { maximumFractionDigits: 1 });
  return `${megabytes}\u00a0${mega}`;
}
