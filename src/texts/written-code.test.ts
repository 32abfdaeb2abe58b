import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, systemRandom } from '#src/crypto/random.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { groupCode, hasCodeShape, isCodeLike, isSeemly, newCode, readCode } from '#src/texts/written-code.ts';

const policy = loadPolicy('ameli-2025');
const withDigits = {
  codes: { ...policy.codes, letter: { ...policy.codes.letter, form: 'digits', length: 4 } },
} as const;

test('codes by SMS and e-mail are digits, those on paper letters and digits that are not mistaken', () => {
  for (let i = 0; i < 500; i += 1) {
    assert.match(newCode(systemRandom, policy, 'sms'), /^\d{8}$/);
    assert.match(newCode(systemRandom, policy, 'courriel'), /^\d{8}$/);
    const letter = newCode(systemRandom, policy, 'courrier');
    assert.match(letter, /^[0-9A-HJKMNP-TV-Z]{10}$/);
    assert.ok(isSeemly(letter), letter);
    assert.ok(hasCodeShape(letter, policy));
  }
  assert.match(newCode(systemRandom, withDigits, 'courrier'), /^\d{4}$/);
});

test('a code that seems to say something is drawn again', () => {
  const draws = [Buffer.from([22, 13, 0, 1, 2, 3, 4, 5, 6, 7]), Buffer.from([9, 8, 7, 6, 5, 29, 3, 2, 1, 0])];
  const random: Random = { ...systemRandom, bytes: () => draws.shift() ?? assert.fail('drawn too often') };
  assert.equal(newCode(random, policy, 'courrier'), '98765X3210');
  assert.equal(draws.length, 0);
});

test('every character is drawn as often', () => {
  const random: Random = { ...systemRandom, bytes: (length) => Buffer.alloc(length, next++) };
  let next = 0;
  const seen = new Map<string, number>();
  const form = { codes: { ...policy.codes, letter: { ...policy.codes.letter, length: 1 } } };
  for (let i = 0; i < 256; i += 1) {
    const code = newCode(random, form, 'courrier');
    seen.set(code, (seen.get(code) ?? 0) + 1);
  }
  assert.equal(seen.size, 32);
  assert.deepEqual(new Set(seen.values()), new Set([8]));
});

for (const word of ['X9C0N7', 'ZPD2', 'M3RD3', 'B1TE', 'V101', '5A1E', 'S4LE', 'CV1'])
  test(`${word} is not seemly`, () => assert.ok(!isSeemly(word)));

for (const [code, grouped] of [
  ['1234', '1234'],
  ['123456', '123 456'],
  ['12345678', '1234 5678'],
  ['K7M2P9XQT4', 'K7M2 P9X QT4'],
] as const)
  test(`${code} is written «${grouped}», and read back`, () => {
    assert.equal(groupCode(code), grouped);
    assert.equal(readCode(grouped), code);
  });

for (const [typed, read] of [
  [' 1234 5678 ', '12345678'],
  ['1234-5678', '12345678'],
  ['1234–5678', '12345678'],
  ['1234\u00a05678', '12345678'],
  ['1234\u202f5678\u200b', '12345678'],
  ['12.34.56.78', '12345678'],
  ['k7m2 p9x qt4', 'K7M2P9XQT4'],
  ['oOiIlL', '001111'],
  ['12345678', '12345678'],
  ['', ''],
  ['  -- ', ''],
] as const)
  test(`«${typed}» is read as «${read}»`, () => assert.equal(readCode(typed), read));

for (const [read, like, shaped] of [
  ['12345678', true, true],
  ['1234567', true, false],
  ['K7M2P9XQT4', true, true],
  ['K7M2P9XQTU', false, false],
  ['K7M2P9XQT', true, false],
  ['A2345678', true, false],
  ['123', false, false],
  ['', false, false],
  ['1'.repeat(21), false, false],
  ['1234567É', false, false],
] as const)
  test(`«${read}» ${like ? 'can' : 'cannot'} be a code${shaped ? ' of today' : ''}`, () => {
    assert.equal(isCodeLike(read), like);
    assert.equal(hasCodeShape(read, policy), shaped);
  });

test('the shape follows the policy', () => {
  assert.ok(hasCodeShape('1234', withDigits));
  assert.ok(!hasCodeShape('1234', policy));
  assert.ok(!hasCodeShape('K7M2', withDigits));
});
