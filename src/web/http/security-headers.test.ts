import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { registerSecurityHeaders } from '#src/web/http/security-headers.ts';

async function server(https: boolean) {
  const app = fastify();
  registerSecurityHeaders(app, https);
  app.get('/', (_request, reply) => reply.type('text/html').send('page'));
  app.get('/broken', () => {
    throw new Error('broken');
  });
  return app;
}

test('pages, refusals and failures all carry the same protections', async () => {
  const app = await server(true);
  for (const url of ['/', '/nowhere', '/broken']) {
    const { headers } = await app.inject(url);
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';manifest-src 'self'",
    );
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['strict-transport-security'], 'max-age=63072000; includeSubDomains');
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(String(headers['permissions-policy']), /camera=\(\)/);
  }
});

test('no HSTS header without https', async () => {
  const { headers } = await (await server(false)).inject('/');
  assert.equal(headers['strict-transport-security'], undefined);
});

test('an origin that would add other directives is left out of the policy, and the page is answered', async () => {
  const app = fastify();
  const hostile = [
    'https://a.example; script-src *',
    'https://*.example',
    "'unsafe-inline'",
    'https://a.example https://b.example',
    'https://a.example\r\nset-cookie: a=b',
    '$&',
    '*',
    '',
  ];
  registerSecurityHeaders(app, true, () => ['https://bon.example:8443', ...hostile]);
  app.get('/', (_request, reply) => reply.send('ok'));
  const { statusCode, headers } = await app.inject('/');
  assert.equal(statusCode, 200);
  assert.match(
    String(headers['content-security-policy']),
    /;form-action 'self' https:\/\/bon\.example:8443;frame-ancestors 'none';/,
  );
  assert.equal(headers['set-cookie'], undefined);
});
