import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceText } from '#src/cli/register/pace.ts';

test('lines, how many in a second, and how long the rest takes', () => {
  assert.equal(paceText({ lines: 500, before: 0, share: 0.1, seconds: 0.5 }), '500 lines');
  assert.equal(
    paceText({ lines: 20_000, before: 0, share: 0.25, seconds: 10 }),
    '20000 lines, 2000 a second, 30 s left',
  );
  assert.equal(
    paceText({ lines: 40_000, before: 20_000, share: 0.5, seconds: 10 }),
    '40000 lines, 2000 a second, 20 s left',
  );
  assert.equal(
    paceText({ lines: 20_000, before: 0, share: null, seconds: 10 }),
    '20000 lines, 2000 a second',
  );
  assert.equal(paceText({ lines: 9_000, before: 9_000, share: 0.5, seconds: 2 }), '9000 lines');
  assert.equal(
    paceText({ lines: 1_000_000, before: 0, share: 0.01, seconds: 100 }),
    '1000000 lines, 10000 a second, 2 h 45 min left',
  );
});
