import assert from 'node:assert/strict';
import { createHmac, createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { hmac, hmacRoom } from '#src/crypto/hmac.ts';

test('HMAC is that of Node, whatever the length of key and message', () => {
  for (const keyBytes of [1, 32, 64]) {
    const key = createSecretKey(Buffer.alloc(keyBytes, 0xe9));
    for (const size of [0, 1, 55, 56, 63, 64, 65, 1_000]) {
      const message = Buffer.alloc(size, 0xff).fill('é');
      const expected = createHmac('sha256', key).update(message).digest();
      assert.deepEqual(hmac(key, Buffer.concat([Buffer.alloc(hmacRoom), message])), expected);
    }
  }
});
