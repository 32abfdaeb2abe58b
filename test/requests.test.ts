import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { testApp } from './setting/application.ts';
import { Visitor } from './visitor.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost' };

test('a form with more fields than any of ours, or larger than any, is refused before it is read', async (t) => {
  const { app } = await testApp(t);
  const cases = [
    [Array.from({ length: 51 }, (_, i) => `champ${i}=1`).join('&'), 400],
    [`nom=${'a'.repeat(65 * 1024)}`, 413],
  ] as const;
  for (const [payload, status] of cases) {
    const answer = await app.inject({ method: 'POST', url: paths.identity, headers: form, payload });
    assert.equal(answer.statusCode, status);
    assert.match(answer.body, /<h1/);
  }
  const json = { ...form, 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url: paths.identity, headers: json, payload: '{}' });
  assert.ok(answer.statusCode >= 400 && answer.statusCode < 500);
});

test('a field sent twice counts for nothing, one of a thousand characters and more is refused by its own rule', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await visitor.get(paths.identity);
  const seen = await visitor.post(paths.identity, { nom: 'a'.repeat(5_000), nir: '1'.repeat(5_000) });
  assert.equal(seen.status, 422);
  assert.ok(seen.html.length < 30_000);
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const token = /name="_csrf" value="([^"]+)"/.exec(seen.html)?.[1] ?? '';
  const payload = `codePostal=80000&codePostal=75001&_csrf=${encodeURIComponent(token)}`;
  const twice = await app.inject({
    method: 'POST',
    url: paths.caisse,
    headers: { ...form, cookie },
    payload,
  });
  assert.equal(twice.statusCode, 422);
});
