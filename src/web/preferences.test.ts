import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { preferenceCookies, readPreferences, registerPreferences } from '#src/web/preferences.ts';

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

test('what is not offered is ignored, however it comes', () => {
  for (const query of [{ lang: 'de', contraste: '1' }, { lang: ['en', 'fr'] }, null, 'lang=en', []]) {
    assert.deepEqual(readPreferences({ ...nothing, query }), { language: 'fr', contrast: false });
    assert.deepEqual(preferenceCookies(query, true), []);
  }
});

test('a choice is kept for a year, out of reach of scripts', async () => {
  const app = fastify();
  registerPreferences(app, true);
  app.get('/', (_request, reply) => reply.send('ok'));
  const answer = await app.inject('/?lang=en&contraste=oui');
  assert.deepEqual(answer.headers['set-cookie'], [
    'langue=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure',
    'contraste=oui; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure',
  ]);
  assert.equal((await app.inject('/')).headers['set-cookie'], undefined);
});
