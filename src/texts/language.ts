export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** How the service speaks: in the words of the tutorials, or in plain ones. */
type Style = 'tutorial' | 'plain';

/** Which texts somebody reads: a language, in the words of the tutorials or (`-plain`) in plain ones. */
export type Voice = Language | `${Language}-plain`;

export function voiceOf(language: Language, style: Style): Voice {
  return style === 'plain' ? `${language}-plain` : language;
}

/** The language of a voice, for `lang`, dates and what is stored. */
export function languageOf(voice: Voice): Language {
  return voice === 'fr' || voice === 'fr-plain' ? 'fr' : 'en';
}

export function isPlain(voice: Voice): boolean {
  return voice !== languageOf(voice);
}

/** A language as formats and files name it. */
export function localeOf(language: Language): 'fr-FR' | 'en-GB' {
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}

/** Some of the texts of a catalogue, in plain words; a list is replaced as a whole. */
export type PlainTexts<T> = T extends string | readonly unknown[] | ((...args: never[]) => unknown)
  ? T
  : { readonly [K in keyof T]?: PlainTexts<T[K]> };

/**
 * A catalogue holds French, and English of exactly the same shape: a missing text does not compile. `plain` holds only
 * the texts that plain words say otherwise; the others are the same in both styles.
 */
export function catalogue<T>(texts: {
  fr: T;
  en: NoInfer<T>;
  plain?: { fr: PlainTexts<NoInfer<T>>; en?: PlainTexts<NoInfer<T>> };
}): Record<Voice, T> {
  const { fr, en, plain } = texts;
  return { fr, en, 'fr-plain': replaced(fr, plain?.fr), 'en-plain': replaced(en, plain?.en) };
}

/** `texts` with what `change` says otherwise. */
function replaced<T>(texts: T, change: PlainTexts<T> | undefined): T;
function replaced(texts: unknown, change: unknown): unknown;
function replaced(texts: unknown, change: unknown): unknown {
  if (change === undefined) return texts;
  if (!isGroup(texts) || !isGroup(change)) return change;
  const changed = Object.entries(change).map(([name, text]) => [name, replaced(texts[name], text)]);
  return { ...texts, ...Object.fromEntries(changed) };
}

function isGroup(texts: unknown): texts is Record<string, unknown> {
  return typeof texts === 'object' && texts !== null && !Array.isArray(texts);
}
