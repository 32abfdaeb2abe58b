import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { Secret } from '#src/crypto/secret.ts';

test('a secret shows itself only when it is revealed', () => {
  const secret = new Secret('cheval-agrafe');
  assert.equal(secret.reveal(), 'cheval-agrafe');
  for (const shown of [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    format('%s %o %j', secret, secret, secret),
    JSON.stringify(Object.entries(secret)),
    JSON.stringify({ ...secret }),
  ]) {
    assert.doesNotMatch(shown, /cheval/);
  }
});
