import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { isSignedBy, sha256In } from '#src/register-import/manifest.ts';

const [one, two] = ['ab'.repeat(32), 'cd'.repeat(32)];

test('a manifest gives the checksum of the file with that name, or of its only one', () => {
  assert.equal(sha256In(`${one}  a.ndjson\n${two} *out/b.ndjson\n`, 'b.ndjson'), two);
  assert.equal(sha256In(`SHA256 (b.ndjson) = ${two.toUpperCase()}\r\n`, 'b.ndjson'), two);
  assert.equal(sha256In(`${one}  renamed\n`, 'b.ndjson'), one);
  assert.equal(sha256In(`${one}  a\n${two}  c\n`, 'b.ndjson'), null);
  for (const text of ['', 'b.ndjson', `${one.slice(1)}  b.ndjson`, `${one}`])
    assert.equal(sha256In(text, 'b.ndjson'), null);
});

test('a signature is that of the whole manifest, by one key', () => {
  const [key, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const pem = ({ publicKey }: typeof key) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const manifest = Buffer.from(`${one}  a.ndjson\n`);
  const signature = sign(null, manifest, key.privateKey);
  assert.equal(isSignedBy(manifest, signature, pem(key)), true);
  assert.equal(isSignedBy(manifest, Buffer.from(`${signature.toString('base64')}\n`), pem(key)), true);
  assert.equal(isSignedBy(Buffer.from(`${two}  a.ndjson\n`), signature, pem(key)), false);
  assert.equal(isSignedBy(manifest, signature, pem(other)), false);
  assert.equal(isSignedBy(manifest, Buffer.from('x'), pem(key)), false);
  assert.equal(isSignedBy(manifest, signature, 'no key'), false);
});
