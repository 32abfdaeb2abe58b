import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { testApp } from '#test/setting/application.ts';

test('an unavailable database is answered 503 with Retry-After, any other failure 500', async (t) => {
  const { app } = await testApp(t);
  let code = '';
  app.post('/essai', () => {
    throw Object.assign(new Error('no such luck'), { code });
  });
  const { body: home, cookies } = await app.inject({ url: paths.identity, headers: { host: 'localhost' } });
  const token = /name="_csrf" value="([^"]+)"/.exec(home)?.[1] ?? '';
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded', cookie };
  const answers: Record<string, number> = {};
  for (code of ['ECONNREFUSED', '57P01', '53300', '57014', '40P01', '40001', '55P03', '23505', '42601']) {
    const payload = new URLSearchParams({ nom: 'Martin', motDePasse: 'Secret.12', _csrf: token }).toString();
    const {
      statusCode,
      headers: sent,
      body,
    } = await app.inject({ method: 'POST', url: '/essai', headers, payload });
    answers[code] = statusCode;
    assert.doesNotMatch(body, /no such luck|Secret/);
    if (statusCode !== 503) continue;
    assert.ok(Number(sent['retry-after']) >= 3 && Number(sent['retry-after']) <= 8);
    assert.match(body, /name="nom" value="Martin"/);
  }
  assert.deepEqual(answers, {
    ECONNREFUSED: 503,
    '57P01': 503,
    '53300': 503,
    '57014': 503,
    '40P01': 503,
    '40001': 503,
    '55P03': 503,
    '23505': 500,
    '42601': 500,
  });
});
