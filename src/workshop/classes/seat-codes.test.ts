import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { openSeatCodes } from '#src/workshop/classes/seat-codes.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 9, minute));

test('a code of a seat opens it once, for ten minutes, and only the latest does', () => {
  const refused: string[] = [];
  const codes = openSeatCodes(systemRandom, (code) => refused.length === 0 && refused.push(code) > 0);
  const also = { classId: 'a', seat: 3, use: 'also-here' } as const;
  const move = { ...also, use: 'move' } as const;
  const first = codes.give(also, at(0));
  assert.match(first.code, /^[\dA-Z]{5}$/);
  assert.ok(!refused.includes(first.code), 'a code that opens a class is given to no seat');
  const second = codes.give(also, at(1));
  const moving = codes.give(move, at(1));
  assert.equal(codes.take(first.code, at(1)), null);
  assert.deepEqual(codes.current(also, at(2)), second);
  assert.deepEqual(codes.take(second.code, at(10)), also);
  assert.equal(codes.take(second.code, at(10)), null);
  assert.equal(codes.current(also, at(10)), null);
  assert.ok(codes.isGood(moving.code, at(10)));
  assert.equal(codes.take(moving.code, at(11)), null);
});
