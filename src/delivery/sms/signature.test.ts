import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSigned, signReport } from '#src/delivery/sms/signature.ts';

const secret = 's'.repeat(32);
const body = Buffer.from('{"state":"delivered"}');
const now = new Date('2026-11-21T13:05:00Z');
const good = signReport(secret, body, now);

test('only the bytes that were signed, with the secret, within five minutes', () => {
  assert.match(good, /^t=1795266300,v1=[\da-f]{64}$/);
  assert.equal(isSigned(secret, good, body, now), true);
  for (const seconds of [-300, 300])
    assert.equal(isSigned(secret, good, body, new Date(now.getTime() + seconds * 1000)), true);
  for (const seconds of [-301, 301])
    assert.equal(isSigned(secret, good, body, new Date(now.getTime() + seconds * 1000)), false);
  assert.equal(isSigned(secret, good, Buffer.from('{"state": "delivered"}'), now), false);
  assert.equal(isSigned('t'.repeat(32), good, body, now), false);
  const moved = good.replace(/t=\d+/, `t=${Math.floor(now.getTime() / 1000) + 1}`);
  for (const wrong of ['', 'v1=', moved, `${good},v1=${'0'.repeat(64)}`, good.slice(0, -1), ` ${good}`])
    assert.equal(isSigned(secret, wrong, body, now), false, wrong);
});
