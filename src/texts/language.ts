export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A catalogue holds French, and English of exactly the same shape: a missing text does not compile. */
export function catalogue<T>(texts: { fr: T; en: NoInfer<T> }): Record<Language, T> {
  return texts;
}
