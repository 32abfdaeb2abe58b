import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAsOf, isInTheFuture, isOlder, parseAsOf } from '#src/register-import/as-of.ts';

function of(text: string) {
  const read = parseAsOf(text);
  assert.ok(read, text);
  return read;
}

test('a day or an instant, nothing else', () => {
  for (const text of ['2026-11-21', '2026-11-21T04:00:00Z']) assert.equal(formatAsOf(of(text)), text);
  assert.equal(formatAsOf(of('2026-11-21T05:00:00+01:00')), '2026-11-21T04:00:00Z');
  for (const text of ['', 'today', '21/11/2026', '2026-02-30', '2026-11-21T04:00:00', '20261121', '2026-11'])
    assert.equal(parseAsOf(text), null, text);
});

test('a day is as old as any instant within it', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['2026-11-20', '2026-11-21', true],
    ['2026-11-21', '2026-11-21', false],
    ['2026-11-22', '2026-11-21', false],
    ['2026-11-21T04:00:00Z', '2026-11-21T04:00:01Z', true],
    ['2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', false],
    ['2026-11-21', '2026-11-21T22:59:00Z', false],
    ['2026-11-21', '2026-11-21T23:00:00Z', true],
    ['2026-11-21T04:00:00Z', '2026-11-21', false],
    ['2026-11-20T22:59:59Z', '2026-11-21', true],
    ['2026-11-20T23:00:00Z', '2026-11-21', false],
  ];
  for (const [one, other, older] of cases)
    assert.equal(isOlder(of(one), of(other)), older, `${one} ${other}`);
});

test('nothing is known of the day after tomorrow', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  assert.equal(isInTheFuture(of('2026-11-22'), now), false);
  assert.equal(isInTheFuture(of('2026-11-23'), now), true);
  assert.equal(isInTheFuture(of('2062-11-21'), now), true);
});
