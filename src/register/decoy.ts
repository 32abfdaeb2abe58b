import type { Insured } from '#src/register/insured.ts';

/** A decoy to decrypt and compare when a NIR is unknown, so that the response time is that of a known one. */
export const decoyInsured: Insured = {
  nir: '0000000000000',
  certified: false,
  birthName: 'Personne-Dupersonnage',
  usageName: null,
  givenNames: ['Personne', 'Nulle', 'Aucune'],
  birthDate: '1900-01-01',
  birthPlace: '00000',
  birthCountry: '99100',
  deceased: false,
  address: ['PERSONNE NULLE', 'APPARTEMENT 00', 'BATIMENT 00', '00 RUE DE NULLE PART', '00000 NULLE PART'],
  postalCode: '00000',
  formerPostalCodes: [],
  regime: 'GENERAL',
  caisse: '000',
  entitlement: 'ouvreur-de-droits',
  card: { type: 'photo', state: 'active', transfer: 'finished' },
  knownEmail: 'personne.nulle@exemple.invalid',
  knownMobile: '+33600000000',
  ibanStart: 'FR0000000000000000000',
};
