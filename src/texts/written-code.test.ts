import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupCode, isCodeLike, isSeemly, readCode } from '#src/texts/written-code.ts';

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

for (const [read, like] of [
  ['12345678', true],
  ['1234567', true],
  ['K7M2P9XQT4', true],
  ['K7M2P9XQTU', false],
  ['K7M2P9XQT', true],
  ['A2345678', true],
  ['123', false],
  ['', false],
  ['1'.repeat(21), false],
  ['1234567É', false],
] as const)
  test(`«${read}» ${like ? 'can' : 'cannot'} be a code`, () => {
    assert.equal(isCodeLike(read), like);
  });
