import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fairUntil } from '#src/delivery/fair-time.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

const createdAt = new Date('2026-03-02T09:00:00Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

function after(ms: number): Date {
  return new Date(createdAt.getTime() + ms);
}

const reset = after(day);
const month = endOfDayAfter(createdAt, 21);
const code = after(10 * minute);

const cases: [what: string, until: Date, late: number, expected: Date][] = [
  ['an hour', reset, hour, reset],
  ['an hour and a second', reset, hour + second, after(day + hour + second)],
  ['24 hours', reset, day, after(2 * day)],
  ['24 hours and a second: given up by then', reset, day + second, reset],
  ['a tenth of a short life', code, minute, code],
  ['a second more', code, minute + second, after(11 * minute + second)],
  ['a code whose time was over before it left', code, 3 * hour, after(3 * hour + 10 * minute)],
  ['an hour, of three weeks', month, hour, month],
  ['two hours, of three weeks: a whole day', month, 2 * hour, endOfDayAfter(createdAt, 22)],
];

for (const [what, until, late, expected] of cases)
  test(`late by ${what}`, () => {
    assert.deepEqual(fairUntil(createdAt, until, after(late)), expected);
  });

test('days end at midnight in Paris, also where a day has 23 or 25 hours', () => {
  for (const [start, end] of [
    ['2026-03-27T20:00:00Z', '2026-03-29T21:59:59.999Z'],
    ['2026-10-23T20:00:00Z', '2026-10-25T22:59:59.999Z'],
  ] as const) {
    const from = new Date(start);
    const until = endOfDayAfter(from, 1);
    const now = new Date(from.getTime() + 5 * hour);
    assert.equal(fairUntil(from, until, now).toISOString(), end);
  }
});
