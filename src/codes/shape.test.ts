import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCodeShape, newCode } from '#src/codes/shape.ts';
import { type Random, systemRandom } from '#src/crypto/random.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { isSeemly } from '#src/texts/written-code.ts';

const policy = loadPolicy('ameli-2025');
const withDigits = {
  codes: { ...policy.codes, letter: { ...policy.codes.letter, form: 'digits', length: 4 } },
} as const;

test('codes by SMS and e-mail are digits, those by letter are letters and digits that cannot be confused', () => {
  for (let i = 0; i < 500; i += 1) {
    assert.match(newCode(systemRandom, policy, 'sms'), /^\d{8}$/);
    assert.match(newCode(systemRandom, policy, 'email'), /^\d{8}$/);
    const letter = newCode(systemRandom, policy, 'letter');
    assert.match(letter, /^[0-9A-HJKMNP-TV-Z]{10}$/);
    assert.ok(isSeemly(letter), letter);
    assert.ok(hasCodeShape(letter, policy));
  }
  assert.match(newCode(systemRandom, withDigits, 'letter'), /^\d{4}$/);
});

test('a code that spells something offensive is drawn again', () => {
  const draws = [Buffer.from([22, 13, 0, 1, 2, 3, 4, 5, 6, 7]), Buffer.from([9, 8, 7, 6, 5, 29, 3, 2, 1, 0])];
  const random: Random = { ...systemRandom, bytes: () => draws.shift() ?? assert.fail('drawn too often') };
  assert.equal(newCode(random, policy, 'letter'), '98765X3210');
  assert.equal(draws.length, 0);
});

test('every character is drawn as often', () => {
  const random: Random = { ...systemRandom, bytes: (length) => Buffer.alloc(length, next++) };
  let next = 0;
  const seen = new Map<string, number>();
  const form = { codes: { ...policy.codes, letter: { ...policy.codes.letter, length: 1 } } };
  for (let i = 0; i < 256; i += 1) {
    const code = newCode(random, form, 'letter');
    seen.set(code, (seen.get(code) ?? 0) + 1);
  }
  assert.equal(seen.size, 32);
  assert.deepEqual(new Set(seen.values()), new Set([8]));
});

for (const [code, shaped] of [
  ['12345678', true],
  ['1234567', false],
  ['K7M2P9XQT4', true],
  ['K7M2P9XQTU', false],
  ['K7M2P9XQT', false],
  ['A2345678', false],
  ['123', false],
  ['', false],
  ['1'.repeat(21), false],
  ['1234567É', false],
] as const)
  test(`«${code}» ${shaped ? 'has' : 'does not have'} the shape of a code of today`, () => {
    assert.equal(hasCodeShape(code, policy), shaped);
  });

test('the shape follows the policy', () => {
  assert.ok(hasCodeShape('1234', withDigits));
  assert.ok(!hasCodeShape('1234', policy));
  assert.ok(!hasCodeShape('K7M2', withDigits));
});
