import { catalogue } from '#src/texts/language.ts';

/** What the JSON file explains otherwise than the paper, because its values are codes and cents. */
export const jsonTexts = catalogue({
  fr: {
    amounts: 'Les montants sont en centimes.',
    register: {
      birthPlace: 'Lieu de naissance (code de la commune)',
      birthCountry: 'Pays de naissance (code)',
      caisse: 'Caisse (code)',
    },
    rights: { depositedBy: 'Caisse qui l’a envoyé (code)' },
    account: { caisse: 'Caisse (code)' },
  },
  en: {
    amounts: 'Amounts are in cents.',
    register: {
      birthPlace: 'Place of birth (code of the commune)',
      birthCountry: 'Country of birth (code)',
      caisse: 'Fund (code)',
    },
    rights: { depositedBy: 'Fund that sent it (code)' },
    account: { caisse: 'Fund (code)' },
  },
});
