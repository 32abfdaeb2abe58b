import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenPreferences, readPreferences } from '#src/web/http/preferences.ts';
import { testApp } from '#test/setting/application.ts';

const nothing = { query: {}, cookies: {}, acceptLanguage: undefined };

test('the address decides, then the cookie, then the browser, then French', () => {
  assert.deepEqual(readPreferences(nothing), { language: 'fr', contrast: false });
  const cookies = { langue: 'en', contraste: 'oui' };
  assert.deepEqual(readPreferences({ ...nothing, cookies }), { language: 'en', contrast: true });
  const query = { lang: 'fr', contraste: 'non' };
  assert.deepEqual(readPreferences({ query, cookies, acceptLanguage: 'en' }), {
    language: 'fr',
    contrast: false,
  });
});

test('the browser’s languages count by their weight; the unknown ones do not count', () => {
  const language = (acceptLanguage: string) => readPreferences({ ...nothing, acceptLanguage }).language;
  assert.equal(language('en-GB,en;q=0.9,fr;q=0.8'), 'en');
  assert.equal(language('en;q=0.5, fr-FR;q=0.9'), 'fr');
  assert.equal(language('de, en;q=0.3'), 'en');
  assert.equal(language('en;q=0'), 'fr');
  assert.equal(language('ar'), 'fr');
});

test('unsupported values are ignored, wherever they come from', () => {
  for (const query of [{ lang: 'de', contraste: '1' }, { lang: ['en', 'fr'] }, null, 'lang=en', []]) {
    assert.deepEqual(readPreferences({ ...nothing, query }), { language: 'fr', contrast: false });
    assert.equal(chosenPreferences(query).size, 0);
  }
});

test('a choice is stored for a year in an HttpOnly cookie, set once per request', async (t) => {
  const { app } = await testApp(t, undefined, { secure: true });
  for (const url of ['/?lang=en&contraste=oui', '/nulle-part?lang=en&contraste=oui']) {
    const answer = await app.inject({ url, headers: { host: 'localhost' } });
    const kept = answer.cookies
      .filter(({ name }) => name === 'langue' || name === 'contraste')
      .map((cookie) => ({ ...cookie }));
    const attributes = { path: '/', maxAge: 31_536_000, httpOnly: true, sameSite: 'Lax', secure: true };
    assert.deepEqual(kept, [
      { name: 'langue', value: 'en', ...attributes },
      { name: 'contraste', value: 'oui', ...attributes },
    ]);
  }
  const { cookies } = await app.inject({ url: '/', headers: { host: 'localhost' } });
  assert.deepEqual(
    cookies.map(({ name }) => name),
    ['__Host-csrf'],
  );
});

test('no cacheable answer sets a cookie, whatever its query', async (t) => {
  const { app } = await testApp(t);
  const { body } = await app.inject({ url: '/', headers: { host: 'localhost' } });
  const files = [
    ...[...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? ''),
    ...['/favicon.ico', '/apple-touch-icon.png', '/manifest.webmanifest', '/service-worker.js'],
    ...['/assets/rien.css', '/robots.txt', '/api/v1/openapi.json', '/healthz', '/readyz'],
  ];
  assert.ok(files.length > 10);
  const cookie = 'langue=fr; contraste=oui; session=x; caisse=595';
  for (const file of files)
    for (const method of ['GET', 'HEAD'] as const) {
      const url = `${file}?lang=en&contraste=non`;
      const { headers } = await app.inject({ method, url, headers: { host: 'localhost', cookie } });
      if (headers['cache-control'] === 'no-store') continue;
      assert.equal(headers['set-cookie'], undefined, url);
    }
});
