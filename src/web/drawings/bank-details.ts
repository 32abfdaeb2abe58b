import { catalogue } from '#src/texts/language.ts';
import { cardFrame, marked, printing } from '#src/web/drawings/card-frame.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    title:
      'Relevé d’identité bancaire (RIB). L’IBAN est sur une ligne ; ses 7 derniers caractères sont encadrés.',
    heading: 'Relevé d’identité bancaire',
    holder: 'Titulaire du compte',
  },
  en: {
    title: 'Bank details slip (RIB). The IBAN is on one line; its last 7 characters are outlined.',
    heading: 'Relevé d’identité bancaire',
    holder: 'Titulaire du compte (holder)',
  },
});

/** A RIB and the end of the IBAN on it; zeros in place of the account number where it is nobody’s. */
export function bankDetails(
  visit: Localised,
  account: { readonly name: string; readonly iban: string } | null = null,
): Html {
  const [start, end] = account
    ? [inFours(account.iban.slice(0, -7)), inFours(account.iban.slice(-7))]
    : ['FR76 0000 0000 0000 0000', '0000 000'];
  const { title, heading, holder } = texts[visit.voice];
  return cardFrame(
    title,
    html`<text x="18" y="36" font-size="17" font-weight="700">${heading}</text><text x="18" y="64">${holder}</text>${account ? html`<text x="18" y="90" font-weight="700">${account.name}</text>` : printing('M18 82h170M18 100h130')}<text x="18" y="134" font-weight="700">IBAN</text><text x="18" y="170" textLength="170" lengthAdjust="spacingAndGlyphs">${start}</text>${marked(196, 143, 110, end)}`,
  );
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}
