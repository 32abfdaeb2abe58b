import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedReference } from '#src/caisses/reference.ts';
import { ageOn } from '#src/civil-status/birth-date.ts';
import { generatePeople, generateRegister } from '#src/fictitious/generate.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { ibanStart } from '#src/proofs/iban.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { readLine } from '#src/register/line-check.ts';

const today = '2026-11-21';
const options = { seed: 7, count: 1500, today };
const everybody = [...generatePeople(options)];
const funds = new Set(shippedReference().caisses.keys());
const policy = loadPolicy('ameli-2025');

test('the same seed gives the same people, another seed others', () => {
  assert.deepEqual(
    [...generateRegister(options)],
    everybody.map(({ line }) => line),
  );
  const [one] = generateRegister({ ...options, seed: 8, count: 1 });
  assert.notDeepEqual(one, everybody[0]?.line);
});

test('every line would be accepted by an import, and no NIR comes twice', () => {
  for (const { line } of everybody) assert.equal(readLine(JSON.stringify(line), today, funds).ok, true);
  assert.equal(new Set(everybody.map(({ line }) => line.nir)).size, everybody.length);
  const [free] = everybody.map(({ line }) => line.nir);
  const avoided = [...generateRegister({ ...options, taken: [free ?? ''] })];
  assert.ok(avoided.every(({ nir }) => nir !== free));
});

test('what sets a person apart is what the eligibility rules see; nine in ten may use the card route', () => {
  const reasons = {
    'carte-photo': [],
    'carte-sans-photo': [],
    'regime-non-admis': ['regime-not-admitted'],
    'ayant-droit': ['ayant-droit'],
    'sans-carte': ['no-card'],
    'carte-perdue': ['card-not-active'],
    'sans-iban': ['no-bank-details'],
    'carte-expiree': ['card-not-active'],
    'mutation-inachevee': ['mutation-unfinished'],
    decede: ['deceased'],
    'numero-provisoire': ['provisional-nir', 'uncertified-nir'],
  };
  let byCard = 0;
  for (const { kind, line } of everybody) {
    const { iban, ...rest } = line;
    const insured = { ...rest, ibanStart: iban === null ? null : ibanStart(iban) };
    const decided = eligibility({ insured, leftSince: null }, policy, today);
    assert.deepEqual(decided.reasons, reasons[kind], kind);
    if (decided.cardRoute) byCard += 1;
  }
  assert.ok(byCard / everybody.length > 0.9);
});

test('ages are those of people insured in their own right', () => {
  for (const { kind, line } of everybody) {
    const age = ageOn(line.birthDate, today);
    assert.ok(kind === 'ayant-droit' ? age === 16 || age === 17 : age >= 18 && age <= 98, `${kind} ${age}`);
  }
});

test('the number says the birth: date, Corsica before and after 1976, abroad', () => {
  for (const { line } of everybody) {
    assert.equal(line.nir.slice(1, 5), line.birthDate.slice(2, 4) + line.birthDate.slice(5, 7));
    const place = line.nir.slice(5, 10);
    if (line.birthPlace === '') assert.equal(place, line.birthCountry);
    else assert.equal(place.slice(2), line.birthPlace.slice(2));
    if (/^2[AB]/.test(place)) assert.ok(line.birthDate >= '1976');
  }
});
