import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/register/fictitious/people.ts';
import { readLine } from '#src/register/line-check.ts';

const { line } = personNamed('venturi');
const today = '2026-11-21';
const funds = new Set(['631']);
const reasonOf = (change: object) => {
  const reading = readLine(JSON.stringify({ ...line, ...change }), today, funds);
  return reading.ok ? null : reading.reason;
};

test('a good line is read whole', () => {
  assert.deepEqual(readLine(JSON.stringify(line), today, funds), { ok: true, line });
});

test('a refusal names the field and a code, never the value', () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ nir: '162122C010001' }, 'nir: characters'],
    [{ nir: '16212' }, 'nir: length'],
    [{ nir: '1621443010001' }, 'nir: structure'],
    [{ nir: '162122b010001' }, 'nir: form'],
    [{ nir: '162122B01000103' }, 'nir: form'],
    [{ nir: 12 }, 'nir: invalid_type'],
    [{ iban: 'FR7520041000330134780G02443' }, 'iban: check_digits'],
    [{ iban: 'FR6420041000330134780G02444' }, 'iban: check_digits'],
    [{ iban: 'FR64 2004 1000 3301 3478 0G02 443' }, 'iban: check_digits'],
    [{ birthDate: '1962-02-30' }, 'birthDate: not-a-date'],
    [{ birthDate: '2026-11-22' }, 'birthDate: future'],
    [{ birthDate: '1890-01-01' }, 'birthDate: too-old'],
    [{ birthDate: '18/12/1962' }, 'birthDate: invalid_format'],
    [{ caisse: '801' }, 'caisse: unknown'],
    [{ card: { ...line.card, serial: 'VENTURI' } }, 'card.serial: invalid_format'],
    [{ birthName: '' }, 'birthName: too_small'],
    [{ venturi: 'ange' }, 'venturi: unknown-field'],
    [{ ibann: 'FR76' }, 'ibann: unknown-field'],
    [{ 'Ange Venturi': 1 }, 'line: unknown-field'],
    [{ card: { ...line.card, serie: '1' } }, 'card.serie: unknown-field'],
    [{ regime: undefined }, 'regime: missing'],
    [{ card: { type: 'photo' } }, 'card.serial: missing'],
    [{ birthName: 'Ventur\uFFFD' }, 'line: encoding'],
  ];
  for (const [change, reason] of cases) assert.equal(reasonOf(change), reason);
  for (const text of ['', 'null', '[]', JSON.stringify(line).slice(0, 80), 'nir;nom;prenom'])
    assert.match(JSON.stringify(readLine(text, today, funds)), /"line: (not_json|invalid_type)"/);
});

test('unknown days and months, a date that contradicts the number and a new fund are accepted', () => {
  assert.equal(reasonOf({ birthDate: '1962-12-00' }), null);
  assert.equal(reasonOf({ birthDate: '1962-00-00' }), null);
  assert.equal(reasonOf({ birthDate: '1963-01-30' }), null);
  assert.equal(readLine(JSON.stringify({ ...line, caisse: '999' }), today, new Set()).ok, true);
});
