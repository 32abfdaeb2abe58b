import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Insured } from '#src/register/insured.ts';
import { matchIdentity } from '#src/register/matching.ts';

const insured: Insured = {
  nir: '262122B010001',
  certified: true,
  birthName: 'VENTURI',
  usageName: 'MARTIN-DURAND',
  givenNames: ['Letizia'],
  birthDate: '1962-12-18',
  birthPlace: '2B010',
  birthCountry: '99100',
  deceased: false,
  address: ['1 rue des Essais', '63000 CLERMONT-FERRAND'],
  postalCode: '63000',
  formerPostalCodes: ['20200', '13001'],
  regime: 'GENERAL',
  caisse: '631',
  entitlement: 'ouvreur-de-droits',
  ibanStart: 'FR142004101005050001',
  card: { type: 'photo', state: 'active', transfer: 'finished' },
  knownEmail: null,
  knownMobile: null,
};

const typed = { name: 'venturi', birthDate: '1962-12-18', postalCode: '63000' };

test('an identity matches when its three parts do, and tells how', () => {
  const cases = [
    [{}, 'birth-name', 'exact', 'current'],
    [{ name: 'Durand' }, 'usage-name', 'exact', 'current'],
    [{ postalCode: '20200' }, 'birth-name', 'exact', 'former'],
    [{ postalCode: '13001' }, 'birth-name', 'exact', 'former'],
    [{ name: 'Venture' }, null, 'exact', 'current'],
    [{ birthDate: '1962-12-01' }, 'birth-name', null, 'current'],
    [{ postalCode: '63100' }, 'birth-name', 'exact', null],
    [{ postalCode: '' }, 'birth-name', 'exact', null],
    [{ name: '', birthDate: '1963-12-18', postalCode: '75001' }, null, null, null],
  ] as const;
  for (const [change, name, birthDate, postalCode] of cases) {
    const matched = name !== null && birthDate !== null && postalCode !== null;
    assert.deepEqual(matchIdentity({ ...typed, ...change }, insured), {
      matched,
      criteria: { name, birthDate, postalCode },
    });
  }
});

test('an unknown day or month of birth', () => {
  const cases = [
    ['1962-12-00', '1962-12-01', 'unknown-day'],
    ['1962-00-18', '1962-00-18', 'unknown-month'],
    ['1962-00-00', '1962-01-01', 'unknown-day-and-month'],
  ] as const;
  for (const [registered, birthDate, criterion] of cases) {
    const match = matchIdentity({ ...typed, birthDate }, { ...insured, birthDate: registered });
    assert.equal(match.matched, true);
    assert.equal(match.criteria.birthDate, criterion);
  }
});
