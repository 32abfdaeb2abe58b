import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultMaxRejected, exceeds, formatShare, parseShare } from '#src/register-import/thresholds.ts';

test('a number, or a part of a hundred', () => {
  assert.deepEqual(parseShare('25'), { kind: 'number', most: 25 });
  assert.deepEqual(parseShare('0.5%'), { kind: 'part', most: 0.005 });
  assert.deepEqual(parseShare('100 %'), { kind: 'part', most: 1 });
  for (const text of ['', '-1', '1.5', 'many', '101%', '%', '1e3', '1%%'])
    assert.equal(parseShare(text), null, text);
  for (const text of ['25', '0', '0.5 %', '1 %', '100 %']) {
    const share = parseShare(text);
    assert.ok(share);
    assert.equal(formatShare(share), text);
  }
});

test('as many as that are not too many', () => {
  const cases: readonly (readonly [string, number, number, boolean])[] = [
    ['0', 0, 100, false],
    ['0', 1, 1_000_000, true],
    ['25', 25, 26, false],
    ['25', 26, 1_000_000, true],
    ['1%', 1, 100, false],
    ['1%', 1, 99, true],
    ['100%', 100, 100, false],
    ['0%', 1, 1_000_000, true],
  ];
  for (const [text, count, all, more] of cases) {
    const share = parseShare(text);
    assert.ok(share);
    assert.equal(exceeds(share, count, all), more, `${count} of ${all}, ${text}`);
  }
  assert.equal(exceeds(defaultMaxRejected, 2, 199), true);
  assert.equal(exceeds(defaultMaxRejected, 2, 200), false);
});
