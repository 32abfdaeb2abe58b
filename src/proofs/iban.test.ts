import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValidIBAN } from 'ibantools';
import { ibanStart, ibanTail, maskIban, parseIban, parseIbanTail } from '#src/proofs/iban.ts';

test('an IBAN is cut before its last 7 characters', () => {
  const iban = 'FR1420041010050500013M02606';
  assert.equal(ibanStart(iban), 'FR142004101005050001');
  assert.equal(ibanTail(iban), '3M02606');
});

test('7 characters, or the complete IBAN', () => {
  const cases = [
    ['0G02443', '0G02443'],
    [' 0g02 443 ', '0G02443'],
    ['0g\u00a002\u202f4\u200b43', '0G02443'],
    ['OG02443', 'OG02443'],
    ['FR14 2004 1010 0505 0001 3M02 606', '3M02606'],
    ['fr1420041010050500013m02606', '3M02606'],
    ['FR7630006000011234567890189', '7890189'],
    ['DE89 3704 0044 0532 0130 00', '2013000'],
  ] as const;
  for (const [typed, tail] of cases) assert.deepEqual(parseIbanTail(typed), { ok: true, tail }, typed);
});

test('each refusal has its reason', () => {
  const cases = [
    ['', 'empty'],
    [' \u00a0', 'empty'],
    ['0G02:443', 'characters'],
    ['ß12345', 'characters'],
    ['ﬁ12345', 'characters'],
    ['ﬀ2345ı', 'characters'],
    ['0G0244é', 'characters'],
    ['****443', 'characters'],
    ['0G0244', 'length'],
    ['0G024433', 'length'],
    ['20041010050500013M02606', 'length'],
    ['FR1420041010', 'length'],
    ['FR15 2004 1010 0505 0001 3M02 606', 'invalid-iban'],
    ['FR14 2004 1010 0505 0001 3M02 60', 'invalid-iban'],
    ['FR14 2004 1010 0505 0001 3M02 607', 'invalid-iban'],
  ] as const;
  for (const [typed, reason] of cases) assert.deepEqual(parseIbanTail(typed), { ok: false, reason }, typed);
});

test('a complete IBAN is read as the library of IBANs reads it, also where its key is checked apart', () => {
  const keys = Array.from({ length: 100 }, (_, key) => String(key).padStart(2, '0'));
  for (const account of ['300060000112345678901', '200410100505000130260', '642187077574114017904'])
    for (const [country, check] of [
      ['FR', '76'],
      ['FR', '75'],
      ['MC', '76'],
    ])
      for (const key of keys) {
        const iban = `${country}${check}${account}${key}`;
        assert.equal(parseIban(iban).ok, isValidIBAN(iban), iban);
      }
});

test('a French IBAN hides its branch and leaves its end to be typed', () => {
  assert.deepEqual(maskIban('FR642004112345013478', 'masked'), {
    start: 'FR 64 2004 1*** **01 3478',
    blank: '____ ___',
    parts: [
      { kind: 'shown', characters: 'FR6420041' },
      { kind: 'hidden', characters: '*****' },
      { kind: 'shown', characters: '013478' },
      { kind: 'to-type', characters: '_______' },
    ],
  });
  assert.equal(maskIban('MC581122200001012345', 'masked').start, 'MC 58 1122 2*** **01 2345');
});

test('what is shown of other IBANs, and by other policies', () => {
  const cases = [
    ['DE8937040044053', 'masked', 'DE 89 **** **** ***', '_ ____ __'],
    ['DE8937040044053', 'country', 'DE ** **** **** ***', '_ ____ __'],
    ['NO93860111', 'masked', 'NO 93 **** **', '__ ____ _'],
    ['FR642004112345013478', 'country', 'FR ** **** **** **** ****', '____ ___'],
    ['FR642004112345013478', 'nothing', '', '____ ___'],
    ['DE8937040044053', 'nothing', '', '____ ___'],
  ] as const;
  for (const [start, shown, text, blank] of cases) {
    const masked = maskIban(start, shown);
    assert.equal(masked.start, text);
    assert.equal(masked.blank, blank);
    assert.deepEqual(masked.parts.at(-1), { kind: 'to-type', characters: '_______' });
  }
  assert.deepEqual(maskIban('DE8937040044053', 'masked').parts, [
    { kind: 'shown', characters: 'DE89' },
    { kind: 'hidden', characters: '***********' },
    { kind: 'to-type', characters: '_______' },
  ]);
  assert.equal(maskIban('DE8937040044053', 'nothing').parts.length, 1);
});
