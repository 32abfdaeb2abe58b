import { catalogue } from '#src/texts/language.ts';
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

/** A RIB and the end of the IBAN on it: zeros in place of the account number. */
export function bankDetails(visit: Localised): Html {
  const { title, heading, holder } = texts[visit.voice];
  return html`<svg class="drawing" viewBox="0 0 400 202" role="img" fill="currentColor"><title>${title}</title><rect x="2" y="2" width="396" height="198" rx="8" fill="var(--surface)" stroke="currentColor" stroke-width="2"/><text x="18" y="34" font-size="18" font-weight="700">${heading}</text><text x="18" y="66" font-size="15">${holder}</text><path d="M18 84h170M18 102h130" stroke="currentColor" stroke-width="5" opacity=".35"/><text x="18" y="138" font-size="15" font-weight="700">IBAN</text><rect x="285" y="146" width="101" height="38" rx="6" fill="var(--govuk-body-background-colour)" stroke="var(--mark)" stroke-width="4"/><g font-size="18" fill="var(--govuk-text-colour)"><text x="18" y="171" textLength="260" lengthAdjust="spacingAndGlyphs">FR76 0000 0000 0000 0000</text><text x="295" y="171" textLength="82" lengthAdjust="spacingAndGlyphs">0000 000</text></g></svg>`;
}
