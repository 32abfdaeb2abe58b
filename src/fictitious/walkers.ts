import { frenchIban } from '#src/fictitious/bank-account.ts';
import { type NamedPerson, person, photoCard, smoothly } from '#src/fictitious/person.ts';

/** Those with whom the five public tutorials are walked; two of them show their own example, kept here. */
export const walkers: readonly NamedPerson[] = [
  person({
    cle: 'venturi',
    situation: {
      fr: 'Exemple du pas-à-pas de la Somme (2025) : né en Haute-Corse, compte bancaire dont le numéro contient une lettre',
      en: 'Example of the Somme guide (2025): born in Haute-Corse, bank account number with a letter',
    },
    meets: smoothly,
    nir: '162122B010001',
    birthName: 'Venturi',
    givenNames: ['Ange', 'Toussaint'],
    birthDate: '1962-12-18',
    home: ['63000', 'CLERMONT-FERRAND', '631'],
    iban: frenchIban('20041', '00033', '0134780G024'),
    card: photoCard('04671322630'),
    knownEmail: 'ange.venturi@example.org',
    knownMobile: '+33639980001',
  }),
  person({
    cle: 'isere',
    situation: {
      fr: 'Parcours du guide de l’Isère : création par FranceConnect',
      en: 'Walk of the Isère guide: creation with FranceConnect',
    },
    meets: {
      fr: 'Création par FranceConnect, puis conditions, mot de passe et coordonnées. La carte Vitale conviendrait aussi.',
      en: 'Creation with FranceConnect, then terms, password and contact details. The card would do as well.',
    },
    nir: '1830538185212',
    birthName: 'Brémond',
    givenNames: ['Vincent', 'Alexis'],
    birthDate: '1983-05-09',
    home: ['38000', 'GRENOBLE', '381'],
    knownMobile: '+33639980002',
  }),
  person({
    cle: 'loire',
    situation: {
      fr: 'Parcours de la fiche de la Loire : carte Vitale et IBAN connus de la caisse',
      en: 'Walk of the Loire sheet: card and IBAN known to the fund',
    },
    meets: smoothly,
    nir: '2740942218087',
    birthName: 'Chavanel',
    givenNames: ['Odile'],
    birthDate: '1974-09-21',
    home: ['42000', 'SAINT-ÉTIENNE', '421'],
    knownEmail: 'odile.chavanel@example.org',
  }),
  person({
    cle: 'polymatheia',
    situation: {
      fr: 'Exemple du tutoriel Polymatheia (2020) : date de naissance qui contredit le numéro, et moins de 16 ans',
      en: 'Example of the Polymatheia tutorial (2020): birth date that contradicts the number, and under 16',
    },
    meets: {
      fr: 'Création refusée avant 16 ans ; le préréglage de 2020 la laisse passer.',
      en: 'Creation refused under 16; the 2020 preset lets it through.',
    },
    nir: '2151173065115',
    birthName: 'Polymatheia',
    givenNames: ['Iris'],
    birthDate: '2015-01-30',
    home: ['73000', 'CHAMBÉRY', '731'],
    iban: frenchIban('15115', '90073', '73111500042'),
    card: photoCard('03920415768'),
  }),
  person({
    cle: 'solidarite-numerique',
    situation: {
      fr: 'Parcours du tutoriel Solidarité numérique (2021) : IBAN commençant par FR66 2004',
      en: 'Walk of the Solidarité numérique tutorial (2021): IBAN that starts with FR66 2004',
    },
    meets: smoothly,
    nir: '2690349007154',
    birthName: 'Gasnier',
    givenNames: ['Maryvonne', 'Jeanne'],
    birthDate: '1969-03-14',
    home: ['49000', 'ANGERS', '491'],
    iban: frenchIban('20041', '00658', '0271828L036'),
    card: photoCard('07124590386'),
    knownEmail: 'maryvonne.gasnier@example.org',
  }),
];
