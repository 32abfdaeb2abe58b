export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A language as formats and files name it. */
export function localeOf(language: Language): 'fr-FR' | 'en-GB' {
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}

/** A catalogue holds French, and English of exactly the same shape: a missing text does not compile. */
export function catalogue<T>(texts: { fr: T; en: NoInfer<T> }): Record<Language, T> {
  return texts;
}
