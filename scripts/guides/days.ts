import type { Language } from '#src/texts/language.ts';

/** “7 days”. */
export function days(count: number, language: Language): string {
  if (language === 'fr') return count === 1 ? '1 jour' : `${count} jours`;
  return count === 1 ? '1 day' : `${count} days`;
}
