import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { assetIntegrity, assetUrl, registerAssets } from '#src/web/http/assets.ts';
import { buildCss, knownClasses } from '../../../scripts/build-css.ts';

const css = readFileSync(new URL('../assets/app.css', import.meta.url), 'utf8');
const script = readFileSync(new URL('../assets/app.js', import.meta.url), 'utf8');
const sessionScript = readFileSync(new URL('../assets/session.js', import.meta.url), 'utf8');

test('the committed stylesheet is what its sources give: run `npm run css`', () => {
  assert.ok(css === buildCss(), 'src/web/assets/app.css is stale');
});

test('stylesheet and script stay small', () => {
  assert.ok(brotliCompressSync(css).length <= 6000);
  assert.ok(brotliCompressSync(script).length <= 3072);
  assert.ok(brotliCompressSync(sessionScript).length <= 2500);
});

test('the stylesheet loads nothing and uses no government typeface', () => {
  assert.doesNotMatch(css, /url\(|@import|@font-face|GDS|Marianne/);
});

test('every component class in a page has its rules: add it to `scripts/build-css.ts`', () => {
  const known = knownClasses();
  const unknown = globSync('src/**/*.ts', {
    cwd: new URL('../../..', import.meta.url),
    exclude: ['**/*.test.ts'],
  })
    .flatMap((path) => {
      const source = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
      return [...source.matchAll(/(?<![\w-])govuk-[a-z][\w-]*(?![\w$-]|\$)/g)].map(([name]) => ({
        path,
        name,
      }));
    })
    .filter(({ name }) => !known.has(name) && !name.endsWith('-') && !withoutRules.has(name));
  assert.deepEqual(unknown, []);
});

/** An id, the package, and states that only carry colours of our theme. */
const withoutRules = new Set(['govuk-frontend', 'govuk-notification-banner-title']);

test('an asset is served compressed as asked, for a year', async () => {
  const app = fastify();
  registerAssets(app);
  const url = assetUrl('app.css');
  const [, version = ''] = /^\/assets\/app\.([\w-]{8})\.css$/.exec(url) ?? [];
  assert.equal(assetIntegrity('app.css').slice(7, 15).replace('+', '-').replace('/', '_'), version);
  for (const [accept, decode] of [
    ['gzip, deflate, br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['', (bytes: Buffer) => bytes],
  ] as const) {
    const answer = await app.inject({ url, headers: { 'accept-encoding': accept } });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(answer.headers['content-type'], 'text/css; charset=utf-8');
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(decode(answer.rawPayload).toString(), css);
  }
});

test('HEAD and the icon work; another hash is not found', async () => {
  const app = fastify();
  registerAssets(app);
  const head = await app.inject({ method: 'HEAD', url: assetUrl('app.js') });
  assert.equal(head.statusCode, 200);
  assert.equal(head.body, '');
  const icon = await app.inject('/favicon.ico');
  assert.equal(icon.headers['content-type'], 'image/svg+xml');
  assert.equal((await app.inject('/assets/app.00000000.css')).statusCode, 404);
});
