import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOn, matchBirthDate, mayBePresumed, parseBirthDate } from '#src/civil-status/birth-date.ts';

const today = '2026-03-15';

function typed(text: string) {
  const [day = '', month = '', year = ''] = text.split('/');
  return { day, month, year };
}

test('dates that can be read', () => {
  const cases = [
    ['18/12/1962', '1962-12-18'],
    ['1/2/1962', '1962-02-01'],
    [' 01 / 02 / 1962 ', '1962-02-01'],
    ['29/02/2000', '2000-02-29'],
    ['0/0/1950', '1950-00-00'],
    ['00/00/1950', '1950-00-00'],
    ['0/7/1950', '1950-07-00'],
    ['31/00/1950', '1950-00-31'],
    ['15/03/2026', '2026-03-15'],
    ['00/03/2026', '2026-03-00'],
    ['00/00/2026', '2026-00-00'],
    ['31/12/1901', '1901-12-31'],
  ] as const;
  for (const [text, birthDate] of cases)
    assert.deepEqual(parseBirthDate(typed(text), today), { ok: true, birthDate });
});

test('each box that is wrong has its reason', () => {
  const cases = [
    ['//', [['day', 'missing']]],
    [' / / ', [['day', 'missing']]],
    ['/12/1962', [['day', 'missing-day']]],
    ['18//1962', [['month', 'missing-month']]],
    ['18/12/', [['year', 'missing-year']]],
    [
      '18//',
      [
        ['month', 'missing-month'],
        ['year', 'missing-year'],
      ],
    ],
    ['32/12/1962', [['day', 'not-a-day']]],
    ['x/12/1962', [['day', 'not-a-day']]],
    ['-1/12/1962', [['day', 'not-a-day']]],
    ['018/12/1962', [['day', 'not-a-day']]],
    ['1.5/12/1962', [['day', 'not-a-day']]],
    ['18/13/1962', [['month', 'not-a-month']]],
    ['18/mai/1962', [['month', 'not-a-month']]],
    ['18/12/62', [['year', 'not-a-year']]],
    ['18/12/0062', [['year', 'not-a-year']]],
    ['18/12/19620', [['year', 'not-a-year']]],
    [
      '/13/62',
      [
        ['day', 'missing-day'],
        ['month', 'not-a-month'],
        ['year', 'not-a-year'],
      ],
    ],
    ['31/02/1962', [['day', 'not-a-date']]],
    ['29/02/1900', [['day', 'not-a-date']]],
    ['29/02/2023', [['day', 'not-a-date']]],
    ['31/04/1962', [['day', 'not-a-date']]],
    ['16/03/2026', [['year', 'future']]],
    ['00/04/2026', [['year', 'future']]],
    ['01/01/2027', [['year', 'future']]],
    ['31/12/1900', [['year', 'too-old']]],
    ['00/00/1000', [['year', 'too-old']]],
  ] as const;
  for (const [text, problems] of cases) {
    assert.deepEqual(
      parseBirthDate(typed(text), today),
      { ok: false, problems: problems.map(([part, reason]) => ({ part, reason })) },
      text,
    );
  }
});

test('every day of the calendar is read, and matches itself', () => {
  const days = fc.date({ min: new Date('1901-01-01'), max: new Date('2026-03-15'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-');
      const reading = parseBirthDate({ day: String(Number(day)), month, year }, today);
      assert.deepEqual(reading, { ok: true, birthDate: `${year}-${month}-${day}` });
      assert.equal(matchBirthDate(`${year}-${month}-${day}`, `${year}-${month}-${day}`), 'exact');
    }),
  );
});

test('what agrees with a registered date', () => {
  const cases = [
    ['1962-12-18', '1962-12-18', 'exact'],
    ['1962-12-19', '1962-12-18', null],
    ['1962-11-18', '1962-12-18', null],
    ['1961-12-18', '1962-12-18', null],
    ['1962-18-12', '1962-12-18', null],
    ['1962-12-00', '1962-12-18', null],
    ['1962-00-18', '1962-12-18', null],
    // a file may have written the presumption, and the person their card: each finds the other
    ['1962-12-00', '1962-12-01', 'unknown-day'],
    ['1962-12-00', '1962-12-00', 'unknown-day'],
    ['1962-12-01', '1962-12-00', 'unknown-day'],
    ['1962-12-02', '1962-12-00', null],
    ['1962-12-31', '1962-12-00', null],
    ['1962-11-01', '1962-12-00', null],
    ['1962-00-18', '1962-00-18', 'unknown-month'],
    ['1962-01-18', '1962-00-18', 'unknown-month'],
    ['1962-12-18', '1962-00-18', null],
    ['1962-00-00', '1962-00-00', 'unknown-day-and-month'],
    ['1962-01-01', '1962-00-00', 'unknown-day-and-month'],
    ['1962-00-01', '1962-00-00', 'unknown-day-and-month'],
    ['1962-12-31', '1962-00-00', 'unknown-day-and-month'],
    ['1962-00-00', '1962-12-31', 'unknown-day-and-month'],
    ['1962-00-00', '1962-01-01', 'unknown-day-and-month'],
    ['1962-12-31', '1962-12-00', null],
    ['1962-12-31', '1962-00-31', null],
    ['1962-12-31', '1962-00-01', null],
    ['1962-12-31', '1962-01-01', null],
    ['1961-00-00', '1962-00-00', null],
  ] as const;
  for (const [given, registered, match] of cases) {
    assert.equal(matchBirthDate(given, registered), match, `${given} / ${registered}`);
  }
});

test('an unknown date is found however both files write it, and a genuine one only by itself', () => {
  const written = ['1962-00-00', '1962-01-01', '1962-12-31'];
  for (const a of written) for (const b of written) assert.ok(matchBirthDate(a, b, true), `${a} ${b}`);
  assert.equal(matchBirthDate('1962-01-01', '1962-12-31', false), null);
  assert.equal(matchBirthDate('1962-01-01', '1961-12-31', true), null);
  assert.equal(mayBePresumed({ birthCountry: '99352', nir: '1621299352001' }), true);
  assert.equal(mayBePresumed({ birthCountry: '99100', nir: '1622075056001' }), true);
  assert.equal(mayBePresumed({ birthCountry: '99100', nir: '1621275056001' }), false);
});

test('the order never counts; a date finds itself; two full dates are one only at both ends of a year', () => {
  const two = (highest: number) =>
    fc.integer({ min: 0, max: highest }).map((number) => String(number).padStart(2, '0'));
  const dates = fc.tuple(fc.constantFrom('1961', '1962'), two(12), two(31)).map((parts) => parts.join('-'));
  fc.assert(
    fc.property(dates, dates, fc.boolean(), (a, b, presumable) => {
      const match = matchBirthDate(a, b, presumable);
      assert.equal(match, matchBirthDate(b, a, presumable));
      assert.ok(matchBirthDate(a, a, presumable));
      if (match === null || a === b) return;
      assert.equal(a.slice(0, 4), b.slice(0, 4));
      const ends = [a, b].map((date) => date.slice(5));
      if (!ends.join().includes('00'))
        assert.deepEqual([presumable, ends.sort()], [true, ['01-01', '12-31']]);
    }),
    { numRuns: 20_000 },
  );
});

test('age in full years', () => {
  const cases = [
    ['2010-03-14', 16],
    ['2010-03-15', 16],
    ['2010-03-16', 15],
    ['2010-02-00', 16],
    ['2010-03-00', 15],
    ['2010-00-00', 15],
    ['2010-00-10', 15],
    ['2009-00-00', 16],
    ['2026-03-15', 0],
  ] as const;
  for (const [birthDate, age] of cases) assert.equal(ageOn(birthDate, today), age, birthDate);
  assert.equal(ageOn('2010-03-00', '2026-03-31'), 15);
  assert.equal(ageOn('2010-03-00', '2026-04-01'), 16);
  assert.equal(ageOn('2010-00-00', '2026-12-31'), 15);
  assert.equal(ageOn('2010-00-00', '2027-01-01'), 16);
  assert.equal(ageOn('2008-02-29', '2026-02-28'), 17);
  assert.equal(ageOn('2008-02-29', '2026-03-01'), 18);
  assert.equal(ageOn('2008-02-29', '2028-02-29'), 20);
});
