import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
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

test('a line with several faults is refused with each of them, ten at most', () => {
  const faulty = {
    ...{ birthDate: '31/02/1980', postalCode: '123', caisse: '999' },
    card: { type: 'photo', serial: 'x', state: 'gone', transfer: 'finished' },
  };
  const read = (value: object) => readLine(JSON.stringify(value), today, funds);
  assert.deepEqual(read({ ...line, ...faulty }), {
    ...{ ok: false, reason: 'postalCode: length' },
    others: ['card.state: invalid_value', 'birthDate: format', 'caisse: unknown', 'card.serial: digits-only'],
  });
  const misspelt = read({ ...line, birthDate: undefined, birthdate: '1962-12-18' });
  assert.deepEqual(misspelt, {
    ...{ ok: false, reason: 'birthdate: unknown-field' },
    others: ['birthDate: missing'],
  });
  const empty = read({});
  assert.equal(!empty.ok && empty.others?.length, 9);
});

test('a refusal names the field and a code, never the value', () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ nir: '162122C010001' }, 'nir: characters'],
    [{ nir: '16212' }, 'nir: length'],
    [{ nir: '1621443010001' }, 'nir: structure'],
    [{ nir: '162122B01000104' }, 'nir: key'],
    [{ nir: 'ß62122B010001' }, 'nir: characters'],
    [{ nir: 12 }, 'nir: invalid_type'],
    [{ iban: 'FR7520041000330134780G02443' }, 'iban: check_digits'],
    [{ iban: 'FR6420041000330134780G02444' }, 'iban: check_digits'],
    [{ birthDate: '1962-02-30' }, 'birthDate: not-a-date'],
    [{ birthDate: '2026-11-22' }, 'birthDate: future'],
    [{ birthDate: '1890-01-01' }, 'birthDate: too-old'],
    [{ birthDate: '18/12/1962' }, 'birthDate: format'],
    [{ caisse: '801' }, 'caisse: unknown'],
    [{ card: { ...line.card, serial: 'VENTURI' } }, 'card.serial: digits-only'],
    [{ card: { ...line.card, serial: '0467132263' } }, 'card.serial: length'],
    [{ card: { ...line.card, serial: '046713226300' } }, 'card.serial: length'],
    [{ card: { ...line.card, type: 'sans-photo' } }, 'card.serial: length'],
    [{ card: { ...line.card, type: 'sans-photo', serial: '1234567890' } }, 'card.serial: length'],
    [{ card: { ...line.card, type: 'sans-photo', serial: '162122B010001' } }, 'card.serial: is-nir'],
    [{ card: { ...line.card, type: 'adulte' } }, 'card.type: invalid_value'],
    [{ birthName: '' }, 'birthName: empty'],
    [{ birthName: ' \u200b ' }, 'birthName: empty'],
    [{ birthName: '???' }, 'birthName: characters'],
    [{ usageName: 'é'.repeat(101) }, 'usageName: too-long'],
    [{ givenNames: ['Ange', ''] }, 'givenNames.1: empty'],
    [{ givenNames: [] }, 'givenNames: too_small'],
    [{ birthDate: '1962-02' }, 'birthDate: format'],
    [{ birthPlace: 'BASTIA' }, 'birthPlace: format'],
    [{ birthPlace: '2C033' }, 'birthPlace: format'],
    [{ birthCountry: 'FRANCE' }, 'birthCountry: format'],
    [{ birthCountry: '' }, 'birthCountry: format'],
    [{ address: ['x'.repeat(61)] }, 'address.0: too-long'],
    [{ postalCode: '6300' }, 'postalCode: length'],
    [{ postalCode: '6300O' }, 'postalCode: characters'],
    [{ postalCode: '00000' }, 'postalCode: unknown'],
    [{ formerPostalCodes: ['63000', ''] }, 'formerPostalCodes.1: empty'],
    [{ regime: 'NOSUCH' }, 'regime: unknown'],
    [{ regime: '' }, 'regime: unknown'],
    [{ knownEmail: 'not an email' }, 'knownEmail: no-at'],
    [{ knownEmail: 'ange.venturi' }, 'knownEmail: no-at'],
    [{ knownMobile: '01 99 00 12 34' }, 'knownMobile: not-mobile'],
    [{ knownMobile: '+44 7911 123456' }, 'knownMobile: not-french'],
    [{ knownMobile: '06 39 98' }, 'knownMobile: length-short'],
    [{ knownMobile: '0892 12 34 56' }, 'knownMobile: special'],
    [{ venturi: 'ange' }, 'venturi: unknown-field'],
    [{ ibann: 'FR76' }, 'ibann: unknown-field'],
    [{ 'Ange Venturi': 1 }, 'line: unknown-field'],
    [{ card: { ...line.card, serie: '1' } }, 'card.serie: unknown-field'],
    [{ regime: undefined }, 'regime: missing'],
    [{ card: { type: 'photo' } }, 'card.serial: missing'],
    [{ birthName: 'Ventur\uFFFD' }, 'line: encoding'],
    [{ birthName: 'Ventur\u0000' }, 'line: nul'],
    [{ givenNames: 'Ange' }, 'givenNames: invalid_type'],
    [{ givenNames: Array(21).fill('Ange') }, 'givenNames: too_big'],
    [{ givenNames: ['Ange', null] }, 'givenNames.1: invalid_type'],
    [{ birthPlace: 'x'.repeat(501) }, 'birthPlace: too_big'],
    [{ card: [] }, 'card: invalid_type'],
    [{ card: undefined }, 'card: missing'],
    [{ iban: undefined }, 'iban: missing'],
    [{ deceased: 'non' }, 'deceased: invalid_type'],
  ];
  for (const [change, reason] of cases) assert.equal(reasonOf(change), reason);
  const twice = JSON.stringify(line).replace('{', '{"iban":null,');
  assert.deepEqual(readLine(twice, today, funds), { ok: false, reason: 'iban: repeated' });
  for (const text of ['', 'null', '[]', JSON.stringify(line).slice(0, 80), 'nir;nom;prenom'])
    assert.match(JSON.stringify(readLine(text, today, funds)), /"line: (not_json|invalid_type)"/);
});

test('what a form would understand is understood, and kept in one form only', () => {
  const cases: readonly (readonly [object, object])[] = [
    [{ nir: '1 62 12 2b 010 001 / 03' }, {}],
    [{ iban: 'fr64 2004 1000 3301 3478 0g02 443' }, {}],
    [{ card: { ...line.card, serial: '8025000002 04671322630' } }, {}],
    [{ birthName: ' Ven\u00adturi\u0001 ' }, {}],
    [{ address: ['\\u0000'] }, { address: ['\\u0000'] }],
    [{ birthName: "D'Arc\u2011Te\u02bbura" }, { birthName: 'D’Arc-Te’ura' }],
    [{ usageName: '' }, { usageName: null }],
    [{ regime: 'general' }, {}],
    [{ address: ['', '4 rue  des\u00a0Inventions ', '\u200b'] }, { address: ['4 rue des Inventions'] }],
    [{ postalCode: '75116' }, { postalCode: '75016' }],
    [{ formerPostalCodes: ['75116', '75016', '80 000'] }, { formerPostalCodes: ['75016', '80000'] }],
    [{ knownMobile: '+33692123456' }, { knownMobile: '+262692123456' }],
    [{ knownMobile: '+330612345679' }, { knownMobile: '+33612345679' }],
    [{ knownMobile: '06.12.34.56.79' }, { knownMobile: '+33612345679' }],
    [{ knownMobile: '' }, { knownMobile: null }],
    [{ knownEmail: ' Ange@Exemple.FR ' }, { knownEmail: 'Ange@exemple.fr' }],
    [
      { birthPlace: '93352', birthCountry: '99352' },
      { birthPlace: '', birthCountry: '99352' },
    ],
    [
      { birthPlace: '93352', birthCountry: '99100' },
      { birthPlace: '', birthCountry: '99352' },
    ],
    [
      { birthPlace: '95350', birthCountry: '99100' },
      { birthPlace: '95350', birthCountry: '99100' },
    ],
    [
      { birthPlace: '99139', birthCountry: '99139' },
      { birthPlace: '', birthCountry: '99139' },
    ],
    [{ birthPlace: '2b033' }, { birthPlace: '2B033' }],
  ];
  for (const [change, kept] of cases)
    assert.deepEqual(
      readLine(JSON.stringify({ ...line, ...change }), today, funds),
      { ok: true, line: { ...line, ...kept } },
      JSON.stringify(change),
    );
});

test('unknown days and months, a date that contradicts the number and a new fund are accepted', () => {
  assert.equal(reasonOf({ birthDate: '1962-12-00' }), null);
  assert.equal(reasonOf({ birthDate: '1962-00-00' }), null);
  assert.equal(reasonOf({ birthDate: '1963-01-30' }), null);
  assert.equal(readLine(JSON.stringify({ ...line, caisse: '999' }), today, new Set()).ok, true);
});
