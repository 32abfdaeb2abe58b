import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caissesFor } from '#src/caisses/lookup.ts';
import { indexReference, shippedAreas, shippedCaisses, shippedReference } from '#src/caisses/reference.ts';

const reference = shippedReference();
const names = (postalCode: string) => caissesFor(reference, postalCode).map(({ name }) => name);

test('one fund for most postal codes', () => {
  for (const [postalCode, name] of [
    ['80000', 'Somme'],
    ['38000', 'Isère'],
    ['42000', 'Loire'],
    ['73000', 'Savoie'],
    ['63000', 'Puy-de-Dôme'],
    ['20000', 'Corse-du-Sud'],
    ['20200', 'Haute-Corse'],
    ['75007', 'Paris'],
    ['94390', 'Essonne'],
    ['97133', 'Guadeloupe'],
    ['97150', 'Guadeloupe'],
    ['97400', 'La Réunion'],
    ['97500', 'Saint-Pierre-et-Miquelon'],
    ['97600', 'Mayotte'],
  ] as const) {
    assert.deepEqual(names(postalCode), [name], postalCode);
  }
});

test('two codes of one place have the same funds, typed or listed either way', () => {
  assert.deepEqual([names('75016'), names('75116')], [['Paris'], ['Paris']]);
  const caisse = shippedCaisses.find(({ code }) => code === '751');
  assert.ok(caisse);
  for (const postalCode of ['75016', '75116']) {
    const index = indexReference([caisse], [{ postalCode, caisseCode: '751' }]);
    assert.deepEqual(caissesFor(index, '75016'), [caisse]);
    assert.deepEqual(caissesFor(index, '75116'), [caisse]);
  }
});

test('the funds of a département that has several', () => {
  assert.deepEqual(names('59000'), ['Flandres', 'Lille-Douai', 'Roubaix-Tourcoing', 'Hainaut']);
  assert.deepEqual(names('62000'), ['Artois', 'Côte d’Opale']);
  assert.deepEqual(names('64000'), ['Bayonne', 'Pau']);
  assert.deepEqual(names('76600'), ['Le Havre', 'Rouen-Elbeuf-Dieppe']);
});

test('both funds of the sixteen codes that straddle two départements', () => {
  const straddling =
    '01200 01410 01590 42620 05110 05130 05160 06260 05700 48250 13780 43450 21340 33220 37160 52100'.split(
      ' ',
    );
  for (const postalCode of straddling) assert.equal(names(postalCode).length, 2, postalCode);
  assert.deepEqual(names('33220'), ['Dordogne', 'Gironde']);
});

test('no fund for an unknown code, or outside every fund', () => {
  for (const postalCode of ['00000', '99999', '98800', '98704', '', '8000', '__proto__'])
    assert.deepEqual(names(postalCode), [], postalCode);
});

test('codes of funds are unique, and no pair is listed twice', () => {
  const codes = shippedCaisses.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  const pairs = shippedAreas().map(({ postalCode, caisseCode }) => `${postalCode} ${caisseCode}`);
  assert.equal(new Set(pairs).size, pairs.length);
});

test('an area of an unknown fund is left out', () => {
  const index = indexReference([], [{ postalCode: '80000', caisseCode: '801' }]);
  assert.deepEqual(caissesFor(index, '80000'), []);
});
