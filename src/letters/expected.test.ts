import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterWorkingDays, expectedDays, isWorkingDay } from '#src/letters/expected.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test('public holidays and week-ends are no working days', () => {
  const holidays = [
    '2026-01-01',
    '2026-04-06', // Monday after Easter
    '2026-05-01',
    '2026-05-08',
    '2026-05-14', // Ascension
    '2026-05-25', // Monday after Pentecost
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
    '2024-04-01',
    '2038-04-26', // the latest Easter there is
  ];
  for (const holiday of holidays) assert.equal(isWorkingDay(day(holiday)), false, holiday);
  for (const weekend of ['2026-03-07', '2026-03-08']) assert.equal(isWorkingDay(day(weekend)), false);
  for (const working of ['2026-03-09', '2026-04-07', '2026-05-15', '2026-12-24', '2026-04-03'])
    assert.equal(isWorkingDay(day(working)), true, working);
});

test('working days are counted from the day after', () => {
  assert.equal(afterWorkingDays(day('2026-03-02'), 0).toString(), '2026-03-02');
  assert.equal(afterWorkingDays(day('2026-03-06'), 1).toString(), '2026-03-09');
  assert.equal(afterWorkingDays(day('2026-03-07'), 1).toString(), '2026-03-09');
  assert.equal(afterWorkingDays(day('2026-12-24'), 1).toString(), '2026-12-28');
});

test('a letter is expected within a week where it is near, later overseas and around holidays', () => {
  const monday = new Date('2026-03-02T09:00:00Z');
  assert.deepEqual(expectedDays(monday, 'requested', '80000'), {
    earliest: '2026-03-09',
    latest: '2026-03-11',
  });
  assert.deepEqual(expectedDays(monday, 'posted', '80000'), { earliest: '2026-03-05', latest: '2026-03-09' });
  assert.deepEqual(expectedDays(monday, 'posted', '97417'), { earliest: '2026-03-10', latest: '2026-03-16' });
  assert.deepEqual(expectedDays(new Date('2026-05-05T09:00:00Z'), 'posted', '80000'), {
    earliest: '2026-05-11',
    latest: '2026-05-13',
  });
});

test('the day is that of Paris', () => {
  const lateSunday = new Date('2026-03-01T23:30:00Z');
  assert.equal(expectedDays(lateSunday, 'posted', '80000').earliest, '2026-03-05');
});

test('a letter that goes on is never expected later than was said', () => {
  for (const postalCode of ['80000', '97400']) {
    const requested = expectedDays(new Date('2026-03-02T09:00:00Z'), 'requested', postalCode);
    const printed = expectedDays(new Date('2026-03-03T09:00:00Z'), 'printed', postalCode);
    const posted = expectedDays(new Date('2026-03-04T09:00:00Z'), 'posted', postalCode);
    assert.deepEqual([printed, posted], [requested, requested]);
  }
});
