import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

/** Everything that Node loads for these modules, as paths from the project: `src/app.ts`, `node_modules/pg/…`. */
function loadedBy(...modules: readonly string[]): readonly string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    for (const module of ${JSON.stringify(modules)}) await import(module);
    process.stdout.write(JSON.stringify(loaded));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  return z
    .array(z.string())
    .parse(JSON.parse(output))
    .filter((url) => url.startsWith('file:'))
    .map((url) => url.replace(/^.*?\/(?=src\/|node_modules\/)/, ''));
}

const web = loadedBy(
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

test('it loads fewer than 1,330 modules: each costs half a millisecond and 20 kB', () => {
  assert.ok(packages.has('fastify') && web.includes('src/app.ts'));
  assert.ok(web.length < 1_330, `${web.length} modules`);
});
