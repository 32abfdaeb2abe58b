import type { Message } from '#src/delivery/messages/message.ts';
import { withWords } from '#src/documents/block.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * The same message without any form of the word «confirm»: some providers (domains of the policy's
 * `notices.secondSenderDomains`) drop mails of a public service that contain it, from any sender. «valider» replaces
 * «confirmer» in the same inflection, “validate” replaces “confirm”. Links and codes stay as they are.
 */
export function withoutConfirm({ subject, blocks }: Message, language: Language): Message {
  const replaced = (words: string) => withValid(words, language);
  return { subject: replaced(subject), blocks: blocks.map((block) => withWords(block, replaced)) };
}

function withValid(text: string, language: Language): string {
  return text.replace(/confirm(?=(\p{L}*))/giu, (found, ending: string) => {
    const stem = language === 'fr' ? 'valid' : englishStem(ending);
    return found.startsWith('C') ? stem.charAt(0).toUpperCase() + stem.slice(1) : stem;
  });
}

/** “validate(s)”, “validat-ed”, “validat-ing”, “valid-ation”. */
function englishStem(ending: string): string {
  if (/^s?$/.test(ending)) return 'validate';
  return /^(ed|ing)/.test(ending) ? 'validat' : 'valid';
}
