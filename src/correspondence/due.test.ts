import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avisDueAt } from '#src/correspondence/due.ts';

const cases = [
  { frequency: 'at-once', now: '2026-11-26T17:00:00Z', due: '2026-11-26T17:05:00Z', why: 'five minutes' },
  { frequency: 'daily', now: '2026-11-26T06:59:59Z', due: '2026-11-26T07:00:00Z', why: 'before 8:00' },
  { frequency: 'daily', now: '2026-11-26T07:00:00Z', due: '2026-11-27T07:00:00Z', why: 'at 8:00 sharp' },
  { frequency: 'daily', now: '2026-10-24T07:00:00Z', due: '2026-10-25T07:00:00Z', why: 'winter time begins' },
  { frequency: 'daily', now: '2026-03-28T08:00:00Z', due: '2026-03-29T06:00:00Z', why: 'summer time begins' },
  { frequency: 'weekly', now: '2026-11-26T17:00:00Z', due: '2026-11-30T07:00:00Z', why: 'a Thursday' },
  { frequency: 'weekly', now: '2026-11-29T22:59:59Z', due: '2026-11-30T07:00:00Z', why: 'late on a Sunday' },
  { frequency: 'weekly', now: '2026-11-30T06:00:00Z', due: '2026-11-30T07:00:00Z', why: 'Monday at 7:00' },
  { frequency: 'weekly', now: '2026-11-30T07:00:00Z', due: '2026-12-07T07:00:00Z', why: 'Monday at 8:00' },
] as const;

for (const { frequency, now, due, why } of cases)
  test(`a ${frequency} avis: ${why}`, () => {
    assert.deepEqual(avisDueAt(frequency, new Date(now)), new Date(due));
  });
