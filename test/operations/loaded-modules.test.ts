import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

/**
 * Everything that Node loads for these modules in the program, as paths from the project: `src/app.ts`, `node_modules/pg/…`; and whether
 * `undici` of Node is among it.
 */
function loadedBy(...modules: readonly string[]) {
  const program = `
    import { registerHooks } from 'node:module';
    import './src/cli/resolve-imports.js';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    for (const module of ${JSON.stringify(modules)}) await import(module);
    const undici = process.moduleLoadList.includes('NativeModule internal/deps/undici/undici');
    process.stdout.write(JSON.stringify({ loaded, undici }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  const { loaded, undici } = z
    .object({ loaded: z.array(z.string()), undici: z.boolean() })
    .parse(JSON.parse(output));
  const files = loaded.filter((url) => url.startsWith('file:'));
  return { files: files.map((url) => url.replace(/^.*?\/(?=src\/|node_modules\/)/, '')), undici };
}

const { files: web, undici } = loadedBy(
  '#src/cli/command-line.ts',
  '#src/serve/serve.ts',
  '#src/serve/production.ts',
  '#src/app.ts',
);
const packages = new Set(web.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));

test('compte web answers its first page without what only workers, letters or the demo need', () => {
  const others = [
    'pg-boss',
    'nodemailer',
    'pdfkit',
    'openid-client',
    '@electric-sql/pglite',
    'oidc-provider',
    '@opentelemetry/sdk-trace',
    '@opentelemetry/exporter-trace-otlp-http',
    'ajv',
  ];
  assert.deepEqual(
    others.filter((name) => packages.has(name)),
    [],
  );
  assert.deepEqual(
    web.filter((path) => /^src\/(demo|fictitious|lifecycle)\//.test(path)),
    [],
  );
});

test('it imports nothing that loads the WebSocket and the fetch of Node, 17 MB (src/operations/node-http.ts)', () => {
  assert.equal(undici, false);
});

test('it loads fewer than 1,240 modules: each costs half a millisecond and 20 kB', () => {
  assert.ok(packages.has('fastify') && web.includes('src/app.ts'));
  assert.ok(web.length < 1_240, `${web.length} modules`);
});
