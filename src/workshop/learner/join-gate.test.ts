import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJoinGate } from '#src/workshop/learner/join-gate.ts';

const at = (seconds: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1_000);

test('guesses run out for one address, by the minute and by the hour', () => {
  const gate = openJoinGate();
  for (let tries = 0; tries < 30; tries += 1) gate.failed('203.0.113.1', at(0));
  assert.equal(gate.isClosed('203.0.113.1', at(59)), true);
  assert.equal(gate.isClosed('203.0.113.2', at(59)), false);
  assert.equal(gate.isClosed('203.0.113.1', at(60)), false);
  for (let tries = 0; tries < 90; tries += 1) gate.failed('203.0.113.1', at(60 + tries * 3));
  assert.equal(gate.isClosed('203.0.113.1', at(1_000)), true);
  assert.equal(gate.isClosed('203.0.113.1', at(3_600)), false);
  // Another address of the same subscriber is the same client.
  for (let tries = 0; tries < 30; tries += 1) gate.failed(`2001:db8:0:1::${tries + 1}`, at(9_000));
  assert.equal(gate.isClosed('2001:db8:0:1::ffff', at(9_000)), true);
  assert.equal(gate.isClosed('2001:db8:0:2::1', at(9_000)), false);
});

test('guesses from everywhere close the door to strangers, and to no room', () => {
  const gate = openJoinGate();
  gate.noteRoom('198.51.100.7', at(0));
  for (let tries = 0; tries < 120; tries += 1) gate.failed(`203.0.113.${tries}`, at(10));
  assert.equal(gate.isClosed('192.0.2.1', at(11)), true);
  assert.equal(gate.isClosed('198.51.100.7', at(11)), false);
  for (let tries = 0; tries < 30; tries += 1) gate.failed('198.51.100.7', at(12));
  assert.equal(gate.isClosed('198.51.100.7', at(13)), true, 'it has the allowance of one client');
  for (let tries = 0; tries < 120; tries += 1) gate.failed(`203.0.113.${tries}`, at(13 * 3_600));
  assert.equal(gate.isClosed('198.51.100.7', at(13 * 3_600)), true, 'nobody has taught there since');
});
