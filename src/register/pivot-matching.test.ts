import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Insured } from '#src/register/insured.ts';
import type { Pivot } from '#src/register/pivot.ts';
import { matchPivot } from '#src/register/pivot-matching.ts';

const insured: Insured = {
  nir: '2620875107001',
  certified: true,
  birthName: 'Fictif',
  usageName: 'Inventé',
  givenNames: ['Angèle', 'Claire', 'Louise'],
  birthDate: '1962-08-24',
  birthPlace: '75107',
  birthCountry: '99100',
  deceased: false,
  address: [],
  postalCode: '75007',
  formerPostalCodes: [],
  regime: 'GENERAL',
  caisse: '751',
  entitlement: 'ouvreur-de-droits',
  ibanStart: null,
  card: null,
  knownEmail: null,
  knownMobile: null,
};
const pivot: Pivot = {
  familyName: 'FICTIF',
  givenNames: ['Angèle', 'Claire', 'Louise'],
  birthDate: '1962-08-24',
  gender: 'female',
  birthPlace: '75107',
  birthCountry: '99100',
};

interface Persona {
  readonly who: string;
  readonly told?: Partial<Pivot>;
  readonly known?: Partial<Insured>;
  readonly matched: boolean;
  readonly criteria?: Partial<ReturnType<typeof matchPivot>['criteria']>;
}

const long = 'Fictif-de-la-Roche-Imaginaire-et-de-la-Tour-Inventee-du-Pont';

const personas: readonly Persona[] = [
  { who: 'the same in everything', matched: true, criteria: { birthName: 'same', givenNames: 'all' } },
  { who: 'capitals without accents', told: { givenNames: ['ANGELE', 'CLAIRE', 'LOUISE'] }, matched: true },
  {
    who: 'accents, ligature, cedilla',
    told: { familyName: 'ŒUVRARD-FRANÇOIS' },
    known: { birthName: 'OEUVRARD FRANCOIS' },
    matched: true,
  },
  {
    who: 'apostrophe',
    told: { familyName: 'D’ARTIFICE' },
    known: { birthName: "d'Artifice" },
    matched: true,
  },
  { who: 'ß', told: { familyName: 'STRAẞER' }, known: { birthName: 'Strasser' }, matched: true },
  {
    who: 'double name, hyphen or space',
    told: { familyName: 'FICTIF INVENTÉ' },
    known: { birthName: 'Fictif-Inventé' },
    matched: true,
  },
  {
    who: 'one half of a double name',
    told: { familyName: 'FICTIF' },
    known: { birthName: 'Fictif-Inventé' },
    matched: false,
    criteria: { birthName: null },
  },
  {
    who: 'particle left out',
    told: { familyName: 'LAROCHE' },
    known: { birthName: 'de La Roche' },
    matched: false,
  },
  {
    who: 'particle glued',
    told: { familyName: 'DELAROCHE' },
    known: { birthName: 'de La Roche' },
    matched: true,
  },
  {
    who: 'more than 50 characters',
    told: { familyName: long.toUpperCase() },
    known: { birthName: long },
    matched: true,
  },
  {
    who: 'more than 50 characters, cut by an old file',
    told: { familyName: long },
    known: { birthName: long.slice(0, 32) },
    matched: true,
    criteria: { birthName: 'shortened' },
  },
  { who: 'short name that begins another', told: { familyName: 'FICT' }, matched: false },
  { who: 'usage name instead of birth name', told: { familyName: 'INVENTÉ' }, matched: false },
  { who: 'no birth name', told: { familyName: '' }, matched: false },
  {
    who: 'first given name only, there',
    told: { givenNames: ['Angèle'] },
    matched: true,
    criteria: { givenNames: 'first' },
  },
  {
    who: 'first given name only, here',
    known: { givenNames: ['Angèle'] },
    matched: true,
    criteria: { givenNames: 'first' },
  },
  { who: 'second given name differs', told: { givenNames: ['Angèle', 'Anne'] }, matched: false },
  { who: 'another order', told: { givenNames: ['Claire', 'Angèle', 'Louise'] }, matched: false },
  {
    who: 'composed given name with a space',
    told: { givenNames: ['Marie', 'Ange', 'Louise'] },
    known: { givenNames: ['Marie-Ange', 'Louise'] },
    matched: true,
  },
  {
    who: 'twin whose name begins alike',
    told: { givenNames: ['Marie'] },
    known: { givenNames: ['Marie-Claire'] },
    matched: false,
  },
  {
    who: 'twin',
    told: { givenNames: ['Béatrice'] },
    matched: false,
    criteria: { givenNames: null, birthDate: 'exact' },
  },
  { who: 'no given name there', told: { givenNames: [] }, matched: false },
  {
    who: 'no given name anywhere',
    told: { givenNames: [] },
    known: { givenNames: ['SANS PRENOM'] },
    matched: true,
    criteria: { givenNames: 'none' },
  },
  {
    who: 'unspecified gender',
    told: { gender: 'unspecified' },
    matched: true,
    criteria: { sex: 'not-told' },
  },
  { who: 'no gender', told: { gender: '' }, matched: true, criteria: { sex: 'not-told' } },
  { who: 'other sex', told: { gender: 'male' }, matched: false, criteria: { sex: null } },
  { who: 'Corsica, 2A', told: { birthPlace: '2A004' }, known: { birthPlace: '2A004' }, matched: true },
  {
    who: 'Corsica before 1976',
    told: { birthPlace: '2B033' },
    known: { birthPlace: '20033' },
    matched: true,
    criteria: { birthPlace: 'former-code' },
  },
  {
    who: 'Paris without its arrondissement',
    told: { birthPlace: '75056' },
    matched: true,
    criteria: { birthPlace: 'same-town' },
  },
  { who: 'another commune', told: { birthPlace: '69123' }, matched: false, criteria: { birthPlace: null } },
  {
    who: 'born abroad',
    told: { birthPlace: '', birthCountry: '99139' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: true,
    criteria: { birthPlace: 'abroad' },
  },
  {
    who: 'born abroad, in another country',
    told: { birthPlace: '', birthCountry: '99127' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: false,
  },
  { who: 'place not told', told: { birthPlace: '' }, matched: true, criteria: { birthPlace: 'not-told' } },
  {
    who: 'place not told and one given name',
    told: { birthPlace: '', givenNames: ['Angèle'] },
    matched: false,
  },
  { who: 'neither place nor country', told: { birthPlace: '', birthCountry: '' }, matched: false },
  { who: 'country not told', told: { birthCountry: '' }, matched: true },
  {
    who: 'presumed day, sent as 01',
    told: { birthDate: '1962-08-01' },
    known: { birthDate: '1962-08-00' },
    matched: true,
    criteria: { birthDate: 'presumed' },
  },
  {
    who: 'presumed day and month, sent as 00',
    told: { birthDate: '1962-00-00' },
    known: { birthDate: '1962-00-00' },
    matched: true,
  },
  {
    who: 'presumed day and month, sent as 01',
    told: { birthDate: '1962-01-01' },
    known: { birthDate: '1962-00-00' },
    matched: true,
  },
  {
    who: 'unknown there, presumed here',
    told: { birthDate: '1962-00-00' },
    known: { birthDate: '1962-01-01' },
    matched: true,
  },
  { who: 'year alone', told: { birthDate: '1962' }, known: { birthDate: '1962-00-00' }, matched: true },
  {
    who: 'month 00 with a day',
    told: { birthDate: '1962-00-24' },
    known: { birthDate: '1962-00-24' },
    matched: true,
  },
  ...['1962-00-00', '1962-01-01', '1962-12-31', '1962', '1962-00'].flatMap((told) =>
    ['1962-00-00', '1962-01-01', '1962-12-31'].map(
      (known): Persona => ({
        who: `born abroad on an unknown day, ${told} there and ${known} here`,
        told: { birthPlace: 'ORAN', birthCountry: '99352', birthDate: told },
        known: { birthPlace: '', birthCountry: '99352', birthDate: known },
        matched: true,
      }),
    ),
  ),
  {
    who: 'no month in the NIR, 31 December here and 1 January there',
    told: { birthDate: '1962-01-01' },
    known: { birthDate: '1962-12-31', nir: '2622075107001' },
    matched: true,
    criteria: { birthDate: 'presumed' },
  },
  {
    who: 'born in France on 31 December, not on 1 January',
    told: { birthDate: '1962-01-01' },
    known: { birthDate: '1962-12-31', nir: '2621275107001' },
    matched: false,
    criteria: { birthDate: null },
  },
  {
    who: 'year and month',
    told: { birthDate: '1962-08' },
    known: { birthDate: '1962-08-00' },
    matched: true,
  },
  { who: 'year and month, day known here', told: { birthDate: '1962-08' }, matched: false },
  {
    who: 'a foreign town where a code should be',
    told: { birthPlace: 'Lisboa', birthCountry: '99139' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: true,
    criteria: { birthPlace: 'abroad' },
  },
  {
    who: 'a foreign town and its country’s code in one',
    told: { birthPlace: '99139 LISBOA', birthCountry: '99139' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: true,
  },
  {
    who: 'the country where the place should be',
    told: { birthPlace: '99139', birthCountry: '' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: true,
    criteria: { birthPlace: 'abroad', birthCountry: 'same' },
  },
  {
    who: 'a foreign town, born in France here',
    told: { birthPlace: 'Lisboa', birthCountry: '99139' },
    matched: false,
    criteria: { birthCountry: null },
  },
  {
    who: 'a French commune there, abroad here, no country told',
    told: { birthCountry: '' },
    known: { birthPlace: '', birthCountry: '99139' },
    matched: false,
    criteria: { birthPlace: null },
  },
  {
    who: 'a commune there, none here',
    known: { birthPlace: '' },
    matched: true,
    criteria: { birthPlace: 'not-told' },
  },
  ...['91352', '92352', '93352', '94352'].map(
    (birthPlace): Persona => ({
      who: `Algeria as the département ${birthPlace.slice(0, 2)}`,
      told: { birthPlace: '', birthCountry: '99352' },
      known: { birthPlace, birthCountry: '99100' },
      matched: true,
      criteria: { birthPlace: 'abroad', birthCountry: 'same' },
    }),
  ),
  {
    who: 'Boulogne-Billancourt before 1968, by both its codes',
    told: { birthPlace: '92012' },
    known: { birthPlace: '75012' },
    matched: true,
    criteria: { birthPlace: 'former-code' },
  },
  {
    who: 'the old code of a commune for somebody born after it ended',
    told: { birthPlace: '92012', birthDate: '1990-08-24' },
    known: { birthPlace: '75012', birthDate: '1990-08-24' },
    matched: false,
    criteria: { birthPlace: null },
  },
  { who: 'unknown day, known here', told: { birthDate: '1962-08-00' }, matched: false },
  { who: 'another day', told: { birthDate: '1962-08-25' }, matched: false },
  { who: 'another year', told: { birthDate: '1963-08-24' }, matched: false },
  { who: 'no date', told: { birthDate: '' }, matched: false },
  { who: 'no date at all', told: { birthDate: 'unknown' }, matched: false },
];

describe('matchPivot', () => {
  for (const { who, told, known, matched, criteria = {} } of personas)
    it(`${matched ? 'knows' : 'does not know'}: ${who}`, () => {
      const match = matchPivot({ ...pivot, ...told }, { ...insured, ...known });
      assert.equal(match.matched, matched);
      assert.deepEqual({ ...match.criteria, ...criteria }, match.criteria);
    });

  it('tells whether the NIR begins as it should, and never asks for it', () => {
    assert.equal(matchPivot(pivot, insured).nirPrefix, true);
    const other = matchPivot(pivot, { ...insured, nir: '2993175056001' });
    assert.deepEqual([other.matched, other.nirPrefix], [true, false]);
    for (const nir of ['2620775107001', '2620869123001', '1620875107001'])
      assert.equal(matchPivot(pivot, { ...insured, nir }).nirPrefix, false, nir);
    for (const nir of ['2622075107001', '2623075056001', '2629975107001'])
      assert.equal(matchPivot(pivot, { ...insured, nir }).nirPrefix, true, nir);
    const suburb = { birthPlace: '92012' };
    assert.equal(matchPivot({ ...pivot, ...suburb }, { ...insured, nir: '2620875012001' }).nirPrefix, true);
  });

  it('tells so for people born abroad too', () => {
    const abroad = { birthPlace: '', birthCountry: '99139' };
    const match = matchPivot({ ...pivot, ...abroad }, { ...insured, ...abroad, nir: '2620899139001' });
    assert.equal(match.nirPrefix, true);
  });
});
