import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import codes from '#src/civil-status/commune-codes.json' with { type: 'json' };
import { matchCommunes } from '#src/civil-status/communes.ts';

const long = '1950-06-01';

test('what may be one place of birth', () => {
  const cases = [
    ['92012', '92012', '1990-01-01', 'same'],
    // Boulogne-Billancourt, Créteil, Aubervilliers, Argenteuil, Évry, Issy: before 1968
    ['75012', '92012', '1967-12-31', 'former-code'],
    ['75012', '92012', '1968-01-01', null],
    ['75012', '92012', '1990-01-01', null],
    ['75028', '94028', long, 'former-code'],
    ['78018', '95018', long, 'former-code'],
    ['78228', '91228', long, 'former-code'],
    // renumbered, then merged: all three ways of writing Courcouronnes
    ['78182', '91182', long, 'former-code'],
    ['91182', '91228', '1990-01-01', 'former-code'],
    ['78182', '91228', long, 'former-code'],
    ['78182', '91228', '1990-01-01', null],
    // Corsica
    ['20004', '2A004', '1975-12-31', 'former-code'],
    ['20004', '2A004', '1976-01-01', null],
    ['20004', '2B004', long, null],
    ['20033', '2B033', long, 'former-code'],
    // merged, or moved to another département
    ['01018', '01033', '1990-01-01', 'former-code'],
    ['02285', '59545', '1950-01-01', 'former-code'],
    // two that were merged into one stay two
    ['01018', '01126', '1990-01-01', null],
    ['78182', '78228', long, null],
    ['78182', '91228', long, 'former-code'],
    // overseas
    ['97123', '97701', '1990-01-01', 'former-code'],
    ['97127', '97801', '2010-01-01', null],
    ['98511', '97611', '1990-01-01', 'former-code'],
    ['98511', '97611', '2012-01-01', null],
    ['98511', '97612', '1990-01-01', null],
    // arrondissements
    ['75107', '75056', long, 'same-town'],
    ['75107', '75108', long, null],
    ['69381', '69123', long, 'same-town'],
    ['13216', '13055', long, 'same-town'],
    ['13216', '69123', long, null],
    // no more than two numbers alike
    ['75012', '93012', long, null],
    ['75056', '92056', long, null],
    ['80021', '80022', long, null],
  ] as const;
  for (const [a, b, bornOn, expected] of cases)
    assert.equal(matchCommunes(a, b, bornOn), expected, `${a} ${b} ${bornOn}`);
});

test('the order of the codes does not matter; two current communes never match', () => {
  const current = [...new Set(Object.values(codes.former))];
  const every = [...current, ...Object.keys(codes.former)];
  const days = fc.constantFrom('1940-01-01', '1967-12-31', '1968-01-01', '1980-05-05', '2020-02-02');
  fc.assert(
    fc.property(fc.constantFrom(...every), fc.constantFrom(...every), days, (a, b, day) => {
      assert.equal(matchCommunes(a, b, day), matchCommunes(b, a, day));
      if (a !== b && current.includes(a) && current.includes(b)) assert.equal(matchCommunes(a, b, day), null);
    }),
    { numRuns: 3000 },
  );
});

test('every former code of the list is found under its commune, for somebody born long ago', () => {
  for (const [former, commune] of Object.entries(codes.former))
    assert.equal(matchCommunes(former, commune, '1920-01-01'), 'former-code', `${former} ${commune}`);
});
