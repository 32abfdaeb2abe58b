import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endOfDayAfter, parisDate } from '#src/time/paris.ts';

const deadlines: [why: string, from: string, days: number, expected: string][] = [
  ['same day, winter', '2026-01-15T10:00:00Z', 0, '2026-01-15T22:59:59.999Z'],
  ['7 days across the change to summer time', '2026-03-22T12:00:00Z', 7, '2026-03-29T21:59:59.999Z'],
  ['the eve of the change', '2026-03-22T12:00:00Z', 6, '2026-03-28T22:59:59.999Z'],
  ['21 days across the change to summer time', '2026-03-22T12:00:00Z', 21, '2026-04-12T21:59:59.999Z'],
  ['7 days across the change to winter time', '2026-10-20T12:00:00Z', 7, '2026-10-27T22:59:59.999Z'],
  ['the day of the change to winter time', '2026-10-20T12:00:00Z', 5, '2026-10-25T22:59:59.999Z'],
  ['21 days across the change to winter time', '2026-10-20T12:00:00Z', 21, '2026-11-10T22:59:59.999Z'],
  ['29 February', '2028-02-29T08:00:00Z', 7, '2028-03-07T22:59:59.999Z'],
  ['over 29 February', '2028-02-28T08:00:00Z', 1, '2028-02-29T22:59:59.999Z'],
  ['31 December', '2026-12-31T08:00:00Z', 21, '2027-01-21T22:59:59.999Z'],
  ['last millisecond of a Paris day', '2026-12-31T22:59:59.999Z', 7, '2027-01-07T22:59:59.999Z'],
  ['one millisecond later, the next day', '2026-12-31T23:00:00.000Z', 7, '2027-01-08T22:59:59.999Z'],
  ['summer evening, already tomorrow in Paris', '2026-07-01T22:30:00Z', 1, '2026-07-03T21:59:59.999Z'],
];

for (const [why, from, days, expected] of deadlines) {
  test(`end of day J + ${days}: ${why}`, () => {
    assert.equal(endOfDayAfter(new Date(from), days).toISOString(), expected);
  });
}

test('the civil date is that of Paris, not of UTC', () => {
  assert.equal(parisDate(new Date('2026-01-01T22:59:59.999Z')), '2026-01-01');
  assert.equal(parisDate(new Date('2026-01-01T23:00:00Z')), '2026-01-02');
  assert.equal(parisDate(new Date('2026-07-01T22:00:00Z')), '2026-07-02');
  assert.equal(parisDate(new Date('2026-10-25T01:30:00Z')), '2026-10-25');
});

test('a deadline is the last instant of its day and never shorter than announced', () => {
  const instants = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 400 }), (instant, days) => {
      const end = endOfDayAfter(instant, days);
      assert.ok(end.getTime() - instant.getTime() >= days * 86_400_000 - 3_600_000);
      assert.notEqual(parisDate(new Date(end.getTime() + 1)), parisDate(end));
    }),
  );
});
