import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { birthMonthAndYear, nirKey } from '#src/civil-status/nir.ts';

interface BrowserModule {
  birthFromNir(typed: string, today: Date): { month: string; year: string } | null;
}

const location = new URL('app.js', import.meta.url).href;
const browser: BrowserModule = await import(location);
const today = new Date(2026, 10, 21);

test('month and year come from the number, however it is typed', () => {
  const expected = { month: '12', year: '1962' };
  for (const typed of ['162122B010001', '1 62 12 2b 010 001', '1.62.12.2B.010.001', '162122B01000103'])
    assert.deepEqual(browser.birthFromNir(typed, today), expected);
});

test('nothing is proposed for an incomplete number, or one whose key is wrong', () => {
  for (const typed of ['', '162122B01000', '162122B01000104', '562122B010001', '16212OB010001'])
    assert.equal(browser.birthFromNir(typed, today), null);
});

test('an unknown month is left to the person', () => {
  assert.deepEqual(browser.birthFromNir('1992099352001', today), { month: '', year: '1999' });
});

test('the browser proposes what the server’s own rule proposes, whatever the number and the day', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const numbers = fc.tuple(
    fc.constantFrom('1', '2'),
    digits(2),
    digits(2),
    fc.constantFrom('75', '2A', '2B'),
    digits(6),
  );
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 2020, max: 2060 }),
      fc.integer({ min: 1, max: 12 }),
      (parts, year, month) => {
        const nir = parts.join('');
        const server = birthMonthAndYear(nir, `${year}-${String(month).padStart(2, '0')}-15`);
        const proposed = browser.birthFromNir(nir + nirKey(nir), new Date(year, month - 1, 15));
        assert.deepEqual(
          { month: Number(proposed?.month) || null, year: Number(proposed?.year) || null },
          { month: server.month, year: server.year },
        );
      },
    ),
  );
});
