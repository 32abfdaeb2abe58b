import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { loadArgon2, nodeArgon2 } from '#src/passwords/argon2.ts';
import {
  currentPepper,
  formatStoredPassword,
  isOutdated,
  parseStoredPassword,
  passwordBytes,
  pepperedTag,
  sameTag,
} from '#src/passwords/password-hash.ts';

const stored = {
  cost: { memoryKiB: 65_536, passes: 3 },
  pepperVersion: 2,
  salt: Buffer.alloc(16, 1),
  tag: Buffer.alloc(32, 2),
};

test('the native package and node:crypto compute the same bytes', async () => {
  const native = await loadArgon2();
  const cost = { memoryKiB: 64, passes: 2 };
  const password = passwordBytes('Été à la mer 1');
  const expected = nodeArgon2(password, stored.salt, cost);
  assert.deepEqual(Buffer.from(native(password, stored.salt, cost)), Buffer.from(expected));
  assert.equal(expected.length, 32);
});

test('the same password typed on two keyboards is the same bytes', () => {
  assert.deepEqual(passwordBytes('e\u0301te\u0301'), passwordBytes('été'));
});

describe('the stored form', () => {
  test('is read as it was written', () => {
    const text = formatStoredPassword(stored);
    assert.match(text, /^\$argon2id-hmac\$v=19\$m=65536,t=3,p=1,keyid=2\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.deepEqual(parseStoredPassword(text), stored);
  });

  test('refuses anything else without repeating it', () => {
    for (const text of [
      '',
      'canary',
      '$argon2id$v=19$m=19456,t=2,p=1$canary$canary',
      `${formatStoredPassword(stored)}x`,
    ]) {
      assert.throws(
        () => parseStoredPassword(text),
        (error) => error instanceof Error && !error.message.includes('canary'),
      );
    }
  });
});

test('the tag is the HMAC of the hash under the pepper, for one person', () => {
  const pepper = Buffer.alloc(32, 7);
  const hash = Buffer.alloc(32, 9);
  const tag = pepperedTag(new Map([[3, pepper]]), 3, '2690549588157', hash);
  assert.deepEqual(tag, createHmac('sha256', pepper).update('2690549588157\0').update(hash).digest());
  assert.equal(sameTag(tag, Buffer.from(tag)), true);
  assert.equal(sameTag(tag, tag.subarray(1)), false);
  assert.throws(
    () => pepperedTag(new Map([[3, pepper]]), 2, '2690549588157', hash),
    /pepper 2 is not configured/,
  );
});

test('a password is outdated when it cost less or has an older pepper, never when it cost more', () => {
  const { cost } = stored;
  assert.equal(isOutdated(stored, cost, 2), false);
  assert.equal(isOutdated(stored, { ...cost, memoryKiB: 131_072 }, 2), true);
  assert.equal(isOutdated(stored, { ...cost, passes: 4 }, 2), true);
  assert.equal(isOutdated(stored, cost, 3), true);
  assert.equal(isOutdated(stored, { memoryKiB: 19_456, passes: 2 }, 2), false);
});

test('the first pepper hashes, whatever its number', () => {
  assert.equal(
    currentPepper(
      new Map([
        [9, Buffer.alloc(0)],
        [10, Buffer.alloc(0)],
        [1, Buffer.alloc(0)],
      ]),
    ),
    9,
  );
  assert.throws(() => currentPepper(new Map()), /At least one/);
});
