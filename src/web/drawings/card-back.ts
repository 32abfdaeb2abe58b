import type { CardType } from '#src/proofs/card-serial.ts';
import { catalogue } from '#src/texts/language.ts';
import { cardFrame, marked, printing } from '#src/web/drawings/card-frame.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    photo:
      'Verso d’une carte Vitale avec photo. Le numéro de série est en haut ; ses 11 derniers chiffres sont encadrés.',
    plain: 'Verso d’une carte Vitale sans photo. Le numéro de série est encadré : en haut, à gauche.',
  },
  en: {
    photo:
      'Back of a carte Vitale with a photograph. The serial number is at the top; its last 11 digits are outlined.',
    plain:
      'Back of a carte Vitale without a photograph. The serial number is outlined: at the top, on the left.',
  },
});

const lines = printing('M20 84h280M20 104h280M20 124h190M20 144h230M20 176h90');

/**
 * The back of a card, what is typed of its serial outlined at the top left: zeros in place of the digits that differ
 * from card to card, unless it is somebody’s.
 */
export function cardBack(visit: Localised, type: CardType, serial: string | null = null): Html {
  const words = texts[visit.voice];
  return type === 'photo'
    ? cardFrame(
        words.photo,
        html`<text x="18" y="45" font-size="17" textLength="102" lengthAdjust="spacingAndGlyphs">8025000002</text>${marked(128, 18, 166, serial ?? '00000000000')}${lines}`,
      )
    : cardFrame(
        words.plain,
        html`${marked(18, 18, 160, serial?.replace(/^(.{4})/, '$1 ') ?? '0000 00000')}${lines}`,
      );
}
