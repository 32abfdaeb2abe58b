import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationDocument } from '#src/config/document.ts';
import { environmentSchema } from '#src/config/schema.ts';

test('every variable has its line, with its default', () => {
  const document = configurationDocument();
  for (const name of Object.keys(environmentSchema.shape)) {
    assert.equal(document.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`)).length, 1, name);
  }
  assert.match(document, /\| `PORT` \|[^\n]*\| `3000` \|/);
  assert.match(document, /\| `MASTER_KEYS` \|[^\n]*needed in production, secret, or `MASTER_KEYS_FILE` \|/);
});
