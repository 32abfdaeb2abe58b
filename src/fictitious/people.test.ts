import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caissesFor } from '#src/caisses/lookup.ts';
import { shippedReference } from '#src/caisses/reference.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { parseCardSerial } from '#src/proofs/card-serial.ts';
import { ibanStart, maskIban } from '#src/proofs/iban.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { readLine } from '#src/register/line-check.ts';

const today = '2026-11-21';
const reference = shippedReference();
const policy = loadPolicy('ameli-2025');

function reasons(cle: string): readonly string[] {
  const { iban, ...rest } = personNamed(cle).line;
  const insured = { ...rest, ibanStart: iban === null ? null : ibanStart(iban) };
  return eligibility({ insured, leftSince: null }, policy, today).reasons;
}

test('names and numbers are unique, and names are kebab-case', () => {
  for (const key of ['cle', 'nir'] as const) {
    const values = people.map((one) => (key === 'cle' ? one.cle : one.line.nir));
    assert.equal(new Set(values).size, values.length);
  }
  for (const { cle } of people) assert.match(cle, /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test('every line would be accepted by an import', () => {
  const funds = new Set(reference.caisses.keys());
  for (const { cle, line } of people)
    assert.deepEqual(readLine(JSON.stringify(line), today, funds), { ok: true, line }, cle);
});

test('everybody’s fund serves their postal code, and their card is one that may be typed', () => {
  for (const { cle, line } of people) {
    const codes = caissesFor(reference, line.postalCode).map(({ code }) => code);
    assert.ok(codes.includes(line.caisse), cle);
    if (line.card === null) continue;
    assert.equal(parseCardSerial(line.card.serial, line.card.type, policy.proof, line.nir).ok, true, cle);
  }
});

test('each obstacle is one person’s alone', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    polymatheia: ['too-young'],
    'numero-provisoire-7': ['provisional-nir', 'uncertified-nir'],
    'numero-provisoire-8': ['provisional-nir', 'uncertified-nir'],
    'numero-non-certifie': ['uncertified-nir'],
    'regime-msa': ['regime-not-admitted'],
    'regime-mgen': ['regime-not-admitted'],
    'ayant-droit': ['ayant-droit'],
    'dix-huit-ans': ['ayant-droit'],
    decede: ['deceased'],
    'sans-carte': ['no-card'],
    'carte-perdue': ['card-not-active'],
    'carte-expiree': ['card-not-active'],
    'mutation-inachevee': ['mutation-unfinished'],
    'sans-iban': ['no-bank-details'],
    'ni-carte-ni-contact': ['no-card', 'no-bank-details'],
    'adresse-inconnue': ['no-card', 'no-bank-details'],
  };
  for (const { cle } of people) assert.deepEqual(reasons(cle), expected[cle] ?? [], cle);
});

test('the guide of the Somme shows the IBAN of its example', () => {
  const { line } = personNamed('venturi');
  assert.equal(maskIban(ibanStart(line.iban ?? ''), 'masked').start, 'FR 64 2004 1*** **01 3478');
  assert.ok(line.iban?.endsWith('0G02443'));
  assert.match(personNamed('polymatheia').line.iban ?? '', /^FR7615115.{5}731115/);
  assert.match(personNamed('solidarite-numerique').line.iban ?? '', /^FR662004/);
});

test('texts are in both languages, with French spaces', () => {
  for (const { cle, situation, meets } of people)
    for (const { fr, en } of [situation, meets]) {
      assert.ok(fr.length > 5 && en.length > 5, cle);
      assert.doesNotMatch(fr, /[^\u00a0][:;!?»]|«[^\u00a0]|'/, cle);
    }
});

test('an unknown name is a mistake of the caller', () => {
  assert.throws(() => personNamed('personne'), /Nobody is named personne/);
});
