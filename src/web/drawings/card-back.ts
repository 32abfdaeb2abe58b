import type { CardType } from '#src/proofs/card-serial.ts';
import { catalogue } from '#src/texts/language.ts';
import { band, cardFrame, marked } from '#src/web/drawings/card-frame.ts';
import { type Html, html, trusted } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    photo: 'Verso d’une carte Vitale avec photo. Le numéro de série est encadré : en haut, à gauche.',
    plain: 'Verso d’une carte Vitale sans photo. Le numéro de série est encadré : en haut, à gauche.',
  },
  en: {
    photo:
      'Back of a carte Vitale with a photograph. The serial number is outlined: at the top, on the left.',
    plain:
      'Back of a carte Vitale without a photograph. The serial number is outlined: at the top, on the left.',
  },
});

const lines = trusted(
  '<path d="M22 84h276M22 104h276M22 124h190M22 144h230" stroke="currentColor" stroke-width="5" opacity=".35"/>',
);

/**
 * The back of a card, its serial outlined at the top left: zeros in place of the digits that differ from card to card.
 */
export function cardBack(visit: Localised, type: CardType): Html {
  const words = texts[visit.voice];
  return type === 'photo'
    ? cardFrame(
        words.photo,
        html`${marked(14, 14, 262, '8025000002 00000000000')}${lines}${band(20, 170, 90)}`,
      )
    : cardFrame(words.plain, html`${marked(14, 14, 160, '0000 00000')}${lines}${band(20, 170, 90)}`);
}
