import type { CardType } from '#src/proofs/card-serial.ts';
import { catalogue } from '#src/texts/language.ts';
import { cardFrame, marked, printing } from '#src/web/drawings/card-frame.ts';
import { type Html, html, trusted } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    photo:
      'Recto d’une carte Vitale avec photo. Le numéro de sécurité sociale est encadré : en bas, sous le nom.',
    plain:
      'Recto d’une carte Vitale sans photo. Le numéro de sécurité sociale est encadré : en bas, sous le nom.',
    name: 'PRÉNOM NOM',
    theirs:
      'Recto de votre carte Vitale. Votre numéro de sécurité sociale est encadré\u00a0: en bas, sous le nom.',
  },
  en: {
    photo:
      'Front of a carte Vitale with a photograph. The social security number is outlined: at the bottom, under the name.',
    plain:
      'Front of a carte Vitale without a photograph. The social security number is outlined: at the bottom, under the name.',
    name: 'FIRST NAME, NAME',
    theirs:
      'Front of your carte Vitale. Your social security number is outlined: at the bottom, under the name.',
  },
});

const chip = trusted(
  '<rect x="22" y="56" width="44" height="36" rx="6"/><path d="M22 68h14v12H22m44-12H52v12h14M44 56v12m0 12v12"/>',
);
/** Characters of a name that fit without being narrowed. */
const widest = 26;
const portrait = trusted(
  '<rect x="238" y="40" width="62" height="78" rx="4"/><circle cx="269" cy="72" r="13"/><path d="M246 117c0-34 46-34 46 0"/>',
);

/** The front of a card, its number outlined; zeros in place of the digits where it is nobody’s. */
export function cardFront(
  visit: Localised,
  type: CardType = 'photo',
  holder: { readonly name: string; readonly nir: string } | null = null,
): Html {
  const words = texts[visit.voice];
  const withPhoto = type === 'photo';
  const { name, nir } = holder ?? { name: words.name, nir: '0 00 00 00 000 000 00' };
  return cardFrame(
    holder ? words.theirs : withPhoto ? words.photo : words.plain,
    html`${chip}${withPhoto && portrait}${printing('M20 26h120')}<text x="22" y="128"${name.length > widest && trusted(' textLength="276" lengthAdjust="spacingAndGlyphs"')}>${name}</text>${marked(16, 142, 280, nir)}`,
  );
}
