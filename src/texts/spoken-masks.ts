import { catalogue, type Language } from '#src/texts/language.ts';
import { changeText } from '#src/texts/text-runs.ts';

const texts = catalogue({
  fr: { digits: 'chiffres masqués', letters: 'lettres masquées' },
  en: { digits: 'hidden digits', letters: 'hidden letters' },
});

/** A masked value with the bullets that stand for what is not shown: `c•••••e@ex•••••.fr`, `06 •• •• •• 78`. */
const masked = /(?:\d+\u00a0)*[^\s«»“”()]*•[^\s«»“”()]*(?:\u00a0[\d•]+)*/g;

/**
 * A document in which each masked value is read as words, «c, lettres masquées, e@ex, lettres masquées, .fr», instead
 * of as bullets one by one; what is seen stays the same.
 */
export function withSpokenMasks(document: string, language: Language): string {
  if (!document.includes('•')) return document;
  return changeText(document, (text, { untouchable, unread }) =>
    untouchable || unread || !text.includes('•')
      ? text
      : text.replace(masked, (value) => {
          const [, shown = '', after = ''] = /^(.*?)([.,;:!?]*)$/s.exec(value) ?? [];
          return `<span aria-hidden="true">${shown}</span><span class="govuk-visually-hidden">${spoken(shown, language)}</span>${after}`;
        }),
  );
}

function spoken(value: string, language: Language): string {
  const { digits, letters } = texts[language];
  const hidden = /\p{L}/u.test(value) ? letters : digits;
  const shown = value.split(/[•\u00a0]*•[•\u00a0]*/);
  return shown
    .flatMap((part, index) => (index === 0 ? [part] : [hidden, part]))
    .filter((part) => part !== '')
    .join(', ');
}
