import type { RegisterLine } from '#src/register/insured.ts';

type CardField = keyof NonNullable<RegisterLine['card']>;
export type RowField = keyof RegisterLine | `card.${CardField}`;

/** What is written in each field of a row, for operators: a phrase that ends «write …». */
export const rowForms: Readonly<Record<RowField, string>> = {
  nir: '13 characters, capital A or B for Corsica; with the key (15) it is checked and dropped',
  certified: '`true` or `false`',
  birthName: 'a name of 100 characters at most',
  usageName: 'a name of 100 characters at most, or null',
  givenNames: '1 to 20 given names in the order of civil status, each a name of 100 characters at most',
  birthDate: '`yyyy-mm-dd`, `00` for a day or a month that civil status does not know',
  birthPlace: 'INSEE code of the commune (5 characters), or an empty text for a birth abroad',
  birthCountry: 'INSEE code of the country: `99100` for France, `99` and 3 digits otherwise',
  deceased: '`true` or `false`',
  address: 'up to 7 lines of 60 characters as on an envelope, without the name, postal code and town last',
  postalCode: '5 digits',
  formerPostalCodes: 'up to 20 postal codes, or an empty list',
  regime: 'a code of the régimes below',
  caisse: 'a code of the table `caisse` (3 to 5 characters)',
  entitlement: '`ouvreur-de-droits` or `ayant-droit`',
  iban: 'a whole IBAN, or null',
  card: 'an object with the four fields below, or null',
  'card.type': '`photo` or `sans-photo`',
  'card.serial':
    'as many digits as the policy says for that type; the printed start of a card with photo is dropped',
  'card.state': '`active`, `lost` or `expired`',
  'card.transfer': '`finished` or `unfinished`',
  knownEmail: 'an e-mail address that a form would take, or null',
  knownMobile: 'a French mobile number, overseas included, or null',
};

/** What is written in a field by its path (`card.serial`, `givenNames.0`); null for what is no field. */
export function rowForm(path: string): string | null {
  const field = path.replace(/\.\d+$/, '');
  return Object.entries(rowForms).find(([name]) => name === field)?.[1] ?? null;
}
