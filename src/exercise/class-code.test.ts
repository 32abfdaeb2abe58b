import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { newClassCode, parseClassCode } from '#src/exercise/class-code.ts';

test('a code is read however it is typed', () => {
  for (const typed of ['ACD34', ' acd34 ', 'ac d 34', 'a-c-d-3-4', 'A.C.D.3.4'])
    assert.equal(parseClassCode(typed), 'ACD34', typed);
  for (const typed of ['', 'ACD3', 'ACD345', 'ACD3O', 'ACD31', 'a'.repeat(100_000)])
    assert.equal(parseClassCode(typed), null);
});

test('new codes are codes, without letters that look alike', () => {
  const codes = Array.from({ length: 200 }, () => newClassCode(systemRandom));
  for (const code of codes) assert.equal(parseClassCode(code), code);
  assert.doesNotMatch(codes.join(''), /[0O1ILZ2S5B8UV]/);
  assert.ok(new Set(codes).size > 150);
});
