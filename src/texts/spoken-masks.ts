import { catalogue, type Language } from '#src/texts/language.ts';
import { type Change, changeText } from '#src/texts/text-runs.ts';

const texts = catalogue({
  fr: { digits: 'chiffres masqués', letters: 'lettres masquées' },
  en: { digits: 'hidden digits', letters: 'hidden letters' },
});

/** The bullets of a masked value, in groups: `c•••••e@ex•••••.fr`, `06 •• •• •• 78`. */
const bullets = /(?:(?<=\d)[ \u00a0])?•(?:[ \u00a0]?•)*(?:[ \u00a0](?=\d))?/g;

/**
 * A document in which the sentence around a masked value is read with words, «c, lettres masquées, e@ex, lettres
 * masquées, .fr», instead of bullet by bullet. What is seen stays the same.
 */
export function withSpokenMasks(document: string, language: Language): string {
  const speak: Change = (text, { untouchable, unread }) =>
    untouchable || unread || !text.includes('•')
      ? text
      : `<span aria-hidden="true">${text}</span><span class="govuk-visually-hidden">${inWords(text, language)}</span>`;
  return changeText(document, speak, '•');
}

function inWords(text: string, language: Language): string {
  const { digits, letters } = texts[language];
  return text.replace(bullets, (hidden, at: number) => {
    const before = text.slice(0, at);
    const after = text.slice(at + hidden.length);
    const word = /\p{L}$/u.test(before) || /^[\p{L}@]/u.test(after) ? letters : digits;
    return `${/\S$/.test(before) ? ', ' : ''}${word}${/^\S*[\p{L}\d]/u.test(after) ? ', ' : ''}`;
  });
}
