import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { isSignedBy, readSigner, sha256In } from '#src/register-import/manifest.ts';

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
  const manifest = Buffer.from(`${one}  a.ndjson\n`);
  const signature = sign(null, manifest, key.privateKey);
  assert.equal(isSignedBy(manifest, signature, key.publicKey), true);
  assert.equal(isSignedBy(manifest, Buffer.from(`${signature.toString('base64')}\n`), key.publicKey), true);
  assert.equal(isSignedBy(Buffer.from(`${two}  a.ndjson\n`), signature, key.publicKey), false);
  assert.equal(isSignedBy(manifest, signature, other.publicKey), false);
  assert.equal(isSignedBy(manifest, Buffer.from('x'), key.publicKey), false);

  const pem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  assert.ok(readSigner(pem)?.equals(key.publicKey));
  const secret = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  for (const text of ['no key', secret, rsa.export({ type: 'spki', format: 'pem' }).toString()])
    assert.equal(readSigner(text), null);
});
