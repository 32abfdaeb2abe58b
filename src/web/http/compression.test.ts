import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { acceptedEncoding, registerCompression } from '#src/web/http/compression.ts';

const page = '<p>Étape 1 sur 3</p>'.repeat(200);

function server() {
  const app = fastify();
  registerCompression(app);
  app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/short', (_request, reply) => reply.type('text/html; charset=utf-8').send('court'));
  return app;
}

test('brotli where accepted, then gzip; a refused encoding is not used', () => {
  assert.equal(acceptedEncoding('gzip, deflate, br, zstd'), 'br');
  assert.equal(acceptedEncoding('gzip;q=1.0, BR;q=0.1'), 'br');
  assert.equal(acceptedEncoding('gzip, br;q=0'), 'gzip');
  assert.equal(acceptedEncoding('*'), 'gzip');
  for (const none of [undefined, '', 'identity', 'gzip;q=0', 'zstd'])
    assert.equal(acceptedEncoding(none), null);
});

test('a page is compressed, is the same once decompressed, and varies', async () => {
  for (const [accept, decode] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const answer = await server().inject({ url: '/page', headers: { 'accept-encoding': accept } });
    assert.equal(answer.headers['content-encoding'], accept);
    assert.equal(answer.headers['content-length'], String(answer.rawPayload.length));
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(decode(answer.rawPayload).toString(), page);
  }
});

test('without an accepted encoding, or for a small answer: not compressed', async () => {
  const plain = await server().inject('/page');
  assert.equal(plain.body, page);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const short = await server().inject({ url: '/short', headers: { 'accept-encoding': 'br' } });
  assert.equal(short.body, 'court');
  assert.equal(short.headers['content-encoding'], undefined);
});
