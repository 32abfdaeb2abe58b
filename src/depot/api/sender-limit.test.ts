import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSenderLimit, requestsPerMinute } from '#src/depot/api/sender-limit.ts';

test('a sender that floods is refused until the next minute, and nobody else', () => {
  let time = Date.parse('2026-11-26T17:00:30Z');
  const limit = openSenderLimit({ now: () => new Date(time) });
  for (let count = 0; count < requestsPerMinute; count += 1) assert.equal(limit('caisse-631'), null);
  assert.deepEqual(limit('caisse-631'), new Date('2026-11-26T17:01:00Z'));
  assert.equal(limit('mutuelle-m'), null);
  time += 30_000;
  assert.equal(limit('caisse-631'), null);
});
