import type { Language } from '#src/texts/language.ts';
import { type Child, type Html, html } from '#src/web/html.ts';

/** The language of a message as its reader got it: a mail says it, an SMS of ours is recognised by its words. */
function languageOfMessage(text: string): Language {
  const declared = /<html lang="(\w+)"/.exec(text)?.[1];
  return declared === 'fr' || (declared === undefined && /\b(?:votre|vous|le)\b/i.test(text)) ? 'fr' : 'en';
}

/** Part of a message, marked with the language of the whole. */
export function inItsLanguage(message: string, part: Child): Html {
  return html`<span lang="${languageOfMessage(message)}">${part}</span>`;
}
