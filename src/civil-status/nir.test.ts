import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  birthMonthAndYear,
  formatNir,
  isProvisional,
  maskNir,
  nirKey,
  parseNir,
  sexOf,
} from '#src/civil-status/nir.ts';

const keys = [
  ['2550814168025', '38'],
  ['162122B010001', '03'],
  ['1780599330108', '17'],
  ['185052A004123', '56'],
  ['1992099352001', '33'],
  ['2151173065115', '58'],
] as const;

test('the key of known numbers', () => {
  for (const [nir, key] of keys) assert.equal(nirKey(nir), key, nir);
  assert.equal(nirKey('285132B050001'), '67', 'even where the month does not exist');
});

test('a number typed with its key is read without it', () => {
  for (const [nir, key] of keys) {
    assert.deepEqual(parseNir(nir), { ok: true, nir, key: null });
    assert.deepEqual(parseNir(nir + key), { ok: true, nir, key });
  }
});

test('a key is asked of a NIR only', () => {
  assert.throws(() => nirKey('venturi'), /13 characters/);
});

test('what people type around the characters does not matter', () => {
  const typings = [
    '1 62 12 2B 010 001',
    ' 162122b010001 ',
    '1.62.12.2b.010.001',
    '1-62-12-2B-010-001',
    '1–62—12‑2B 010 001',
    '1\u00a062\u202f12\u20092B\u3000010\t001',
    '1\u200b62122B010001\ufeff',
    '\u200e162122B010001',
  ];
  for (const typed of typings)
    assert.deepEqual(parseNir(typed), { ok: true, nir: '162122B010001', key: null }, typed);
  for (const typed of ['1 62 12 2b 010 001 / 03', '1 62 12 2b 010 001 - 03', "1'62'12'2b'010'001_03"])
    assert.deepEqual(parseNir(typed), { ok: true, nir: '162122B010001', key: '03' }, typed);
  assert.deepEqual(parseNir('２５５０８１４１６８０２５'), { ok: true, nir: '2550814168025', key: null });
});

test('each refusal has its reason', () => {
  const refusals = [
    ['', 'empty'],
    [' \u00a0-. ', 'empty'],
    ['255O814168025', 'characters'],
    ['25508141680I5', 'characters'],
    ['venturi', 'characters'],
    ['٢٥٥٠٨١٤١٦٨٠٢٥', 'characters'],
    ['ß550814168025', 'characters'],
    ['255081416802ﬁ', 'characters'],
    ['255081416802', 'length'],
    ['25508141680253', 'length'],
    ['2550814168025380', 'length'],
    ['0550814168025', 'structure'],
    ['5550814168025', 'structure'],
    ['6550814168025', 'structure'],
    ['9550814168025', 'structure'],
    ['255081A168025', 'structure'],
    ['25508A4168025', 'structure'],
    ['A550814168025', 'structure'],
    ['255081416802B', 'structure'],
    ['285132B050001', 'structure'],
    ['162122B01000A03', 'structure'],
    ['255081416802539', 'key'],
    ['255081416802500', 'key'],
    ['25508141680253A', 'key'],
    ['162122A01000103', 'key'],
  ] as const;
  for (const [typed, reason] of refusals) assert.deepEqual(parseNir(typed), { ok: false, reason }, typed);
});

test('months are those of the calendar and those of incomplete certificates', () => {
  const accepted = (code: number) => parseNir(`255${String(code).padStart(2, '0')}14168025`).ok;
  const months = Array.from({ length: 100 }, (_, code) => code).filter(accepted);
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  assert.deepEqual(months, [...range(1, 12), 20, ...range(30, 42), ...range(50, 99)]);
});

const anyNir = fc
  .tuple(
    fc.constantFrom('1', '2', '3', '4', '7', '8'),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 1, max: 12 }),
    fc.oneof(
      fc.constantFrom('2A', '2B'),
      fc.integer({ min: 1, max: 99 }).map((code) => String(code).padStart(2, '0')),
    ),
    fc.integer({ min: 0, max: 999_999 }),
  )
  .map(([sex, year, month, department, rest]) => {
    const two = (part: number) => String(part).padStart(2, '0');
    return `${sex}${two(year)}${two(month)}${department}${String(rest).padStart(6, '0')}`;
  });

test('any number printed in groups with its key is read back, and exactly one key fits', () => {
  fc.assert(
    fc.property(anyNir, (nir) => {
      const key = nirKey(nir);
      assert.deepEqual(parseNir(`${formatNir(nir)} ${key}`.toLowerCase()), { ok: true, nir, key });
      const fitting = Array.from({ length: 100 }, (_, other) => String(other).padStart(2, '0')).filter(
        (other) => parseNir(nir + other).ok,
      );
      assert.deepEqual(fitting, [key]);
    }),
  );
});

test('a number is shown in groups, whole or masked', () => {
  assert.equal(formatNir('162122B010001'), '1 62 12 2B 010 001');
  assert.equal(maskNir('162122B010001'), '1 62 •• •• ••• •••');
});

test('month and year of birth are given only when certain', () => {
  const today = '2026-03-15';
  const cases = [
    ['162122B010001', { month: 12, year: 1962 }],
    ['1992099352001', { month: null, year: 1999 }],
    ['2050614168025', { month: 6, year: 2005 }],
    ['2000014168025', { month: null, year: 2000 }],
    ['1260214168025', { month: 2, year: 1926 }],
    ['2151173065115', { month: 11, year: null }],
    // 16 in March or April 2026
    ['1100214168025', { month: 2, year: 2010 }],
    ['1100314168025', { month: 3, year: 2010 }],
    ['1100414168025', { month: 4, year: null }],
    ['1103314168025', { month: null, year: 2010 }],
    // 110 in February, March or April 2026
    ['2160214168025', { month: 2, year: null }],
    ['2160314168025', { month: 3, year: 1916 }],
    ['2160414168025', { month: 4, year: 1916 }],
    ['2163514168025', { month: null, year: 1916 }],
  ] as const;
  for (const [nir, expected] of cases) assert.deepEqual(birthMonthAndYear(nir, today), expected, nir);
});

test('the first digit gives the sex and tells temporary numbers', () => {
  const digits = [
    ['1', 'male', false],
    ['2', 'female', false],
    ['3', 'male', true],
    ['4', 'female', true],
    ['7', 'male', true],
    ['8', 'female', true],
  ] as const;
  for (const [digit, sex, provisional] of digits) {
    assert.equal(sexOf(`${digit}550814168025`), sex);
    assert.equal(isProvisional(`${digit}550814168025`), provisional);
  }
});
