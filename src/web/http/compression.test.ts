import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { accepts, registerCompression } from '#src/web/http/compression.ts';

const page = '<p>Étape 1 sur 3</p>'.repeat(200);

function server() {
  const app = fastify();
  registerCompression(app);
  app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/once', (_request, reply) => reply.header('cache-control', 'no-store').send(page));
  app.get('/short', (_request, reply) => reply.type('text/html; charset=utf-8').send('court'));
  return app;
}

test('an encoding is used where it is accepted and not refused', () => {
  for (const [header, br, gzip] of [
    ['gzip, deflate, br, zstd', true, true],
    ['gzip;q=1.0, BR;q=0.1', true, true],
    ['gzip, br;q=0', false, true],
    ['*', true, true],
    ['*, gzip;q=0', true, false],
    ['br', true, false],
    [undefined, false, false],
    ['', false, false],
    ['identity', false, false],
    ['gzip;q=0', false, false],
    ['*;q=0', false, false],
    ['zstd', false, false],
  ] as const) {
    assert.equal(accepts('br', header), br, `br in ${header}`);
    assert.equal(accepts('gzip', header), gzip, `gzip in ${header}`);
  }
});

test('a page is compressed, is the same once decompressed, and varies', async () => {
  const answer = await server().inject({ url: '/page', headers: { 'accept-encoding': 'gzip, deflate, br' } });
  assert.equal(answer.headers['content-encoding'], 'gzip');
  assert.equal(answer.headers['content-length'], String(answer.rawPayload.length));
  assert.equal(answer.headers.vary, 'Accept-Encoding');
  assert.equal(gunzipSync(answer.rawPayload).toString(), page);
  const once = await server().inject({ url: '/once', headers: { 'accept-encoding': 'gzip' } });
  assert.equal(once.headers['content-encoding'], 'gzip');
  assert.equal(once.headers.vary, undefined, 'no cache keeps it');
});

test('for a client without gzip, or in a small answer: not compressed', async () => {
  const plain = await server().inject({ url: '/page', headers: { 'accept-encoding': 'br' } });
  assert.equal(plain.body, page);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const short = await server().inject({ url: '/short', headers: { 'accept-encoding': 'gzip' } });
  assert.equal(short.body, 'court');
  assert.equal(short.headers['content-encoding'], undefined);
});
