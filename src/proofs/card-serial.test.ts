import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCardSerial } from '#src/proofs/card-serial.ts';

const rules = {
  ibanShown: 'masked',
  photoCardPrefix: '8025000002',
  photoCardDigits: [11],
  plainCardDigits: [8, 9, 12, 13],
} as const;
const proof = {
  ...rules,
  photoCardDigits: [...rules.photoCardDigits],
  plainCardDigits: [...rules.plainCardDigits],
};

const own = '2550814168025';
const corsican = '162122B010001';

test('serials that can be read', () => {
  const cases = [
    ['04671322630', 'photo', '04671322630'],
    [' 04671 322630 ', 'photo', '04671322630'],
    ['0467\u00a01322\u202f630', 'photo', '04671322630'],
    ['802500000204671322630', 'photo', '04671322630'],
    ['8025000002 04671322630', 'photo', '04671322630'],
    ['80250000021', 'photo', '80250000021'],
    ['12345678', 'sans-photo', '12345678'],
    ['123456789', 'sans-photo', '123456789'],
    ['1234 5678 9012', 'sans-photo', '123456789012'],
    ['1234567890123', 'sans-photo', '1234567890123'],
    // another person's NIR may be a serial
    ['1780599330108', 'sans-photo', '1780599330108'],
  ] as const;
  for (const [typed, type, serial] of cases) {
    assert.deepEqual(parseCardSerial(typed, type, proof, own), { ok: true, serial }, typed);
  }
  assert.deepEqual(parseCardSerial(own, 'sans-photo', proof, null), { ok: true, serial: own });
});

test('each refusal has its reason', () => {
  const cases = [
    ['', 'photo', own, 'empty'],
    [' \u00a0', 'sans-photo', own, 'empty'],
    ['0467132263O', 'photo', own, 'digits-only'],
    ['04671:322630', 'photo', own, 'digits-only'],
    ['٠٤٦٧١٣٢٢٦٣٠', 'photo', own, 'digits-only'],
    ['12345 67A', 'sans-photo', own, 'digits-only'],
    ['0467132263', 'photo', own, 'length'],
    ['046713226300', 'photo', own, 'length'],
    ['802500000104671322630', 'photo', own, 'length'],
    ['8025000002', 'photo', own, 'length'],
    ['80250000020467132263', 'photo', own, 'length'],
    ['1234567', 'sans-photo', own, 'length'],
    ['1234567890', 'sans-photo', own, 'length'],
    ['04671322630', 'sans-photo', own, 'length'],
    ['12345678901234', 'sans-photo', own, 'length'],
    ['2 55 08 14 168 025', 'sans-photo', own, 'is-nir'],
    ['2 55 08 14 168 025 38', 'sans-photo', own, 'is-nir'],
    ['2550814168025', 'photo', own, 'is-nir'],
    ['255081416802538', 'photo', own, 'is-nir'],
    ['255081416802538', 'photo', null, 'is-nir'],
    ['255081416802539', 'photo', own, 'length'],
    ['1780599330108', 'photo', own, 'is-nir'],
    ['178059933010817', 'sans-photo', own, 'is-nir'],
    ['162122b010001', 'sans-photo', corsican, 'is-nir'],
    ['162122B01000103', 'photo', corsican, 'is-nir'],
    ['162122B010001', 'sans-photo', own, 'is-nir'],
  ] as const;
  for (const [typed, type, nir, reason] of cases) {
    assert.deepEqual(parseCardSerial(typed, type, proof, nir), { ok: false, reason }, `${typed} ${type}`);
  }
});
