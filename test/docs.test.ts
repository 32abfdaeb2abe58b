import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { sitePages } from '#src/app.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { parseTelephone } from '#src/contact/telephone.ts';
import { checkNames } from '#src/housekeeping/checks.ts';
import { knownOutcomes } from '#src/operations/event-outcomes.ts';
import { paths } from '#src/paths.ts';
import { staleDocuments } from '../scripts/build-docs.ts';
import { alerts } from '../scripts/docs/alerts.ts';
import { missingEvidence, requirements } from '../scripts/docs/asvs/asvs.ts';
import { capacityDocument } from '../scripts/docs/capacity/capacity.ts';
import { wrongEmails, wrongTelephones } from '../scripts/docs/refusals.ts';
import { samplesOfAll } from './operations/samples.ts';
import { testApp } from './setting/application.ts';

const root = join(import.meta.dirname, '..');
const written = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];
const read = (name: string) => readFileSync(join(root, name), 'utf8');

/** The cells of the table rows under a heading, without those of its head. */
function rowsUnder(document: string, heading: string): string[][] {
  const after = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return after
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

const unquoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

test('the generated documents say what the code says', () => {
  assert.deepEqual(staleDocuments(), [], 'run npm run docs');
});

test('docs/capacity.md is not reckoned from a figure that was not measured', () => {
  const performance = read('docs/performance.md');
  for (const label of ['An enrolment', '`insured`', 'CPU of the worker, ms', 'What a person takes on disk'])
    assert.throws(
      () => capacityDocument(performance.replaceAll(label, 'Another')),
      (error) => error instanceof Error && error.message.includes(label),
    );
});

test('docs/asvs.md answers each requirement of the levels 1 and 2, by what is there', () => {
  const all = requirements();
  const level = (wanted: string) => all.filter((one) => one.level === wanted).length;
  assert.deepEqual([level('1'), level('2')], [70, 183]);
  assert.equal(new Set(all.map(({ number }) => number)).size, all.length);
  for (const { number, evidence } of all) assert.ok(evidence.length > 0, number);
  assert.deepEqual(missingEvidence(), []);
});

test('every address is that of a page, which is described with the form it has', async (t) => {
  const { app, services } = await testApp(t);
  const pages = new Map(sitePages(services).map((page) => [page.path, page]));
  for (const url of Object.values(paths)) {
    const { about } = pages.get(url) ?? assert.fail(url);
    assert.equal(app.hasRoute({ method: 'POST', url }), about.form !== null, url);
  }
});

test('the examples beside the refusals are refused for that reason', () => {
  for (const [reason, [typed]] of Object.entries(wrongEmails))
    assert.deepEqual(parseEmail(typed), { ok: false, reason });
  for (const [reason, [kind, typed]] of Object.entries(wrongTelephones))
    assert.deepEqual(parseTelephone(typed, kind), { ok: false, reason });
});

describe('CONTRIBUTING.md', () => {
  const sources = globSync('src/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const layers = new Map(
    rowsUnder(read('docs/architecture.md'), 'Layers').map(([name = '', folders]): [string, string[]] => [
      name.split(':')[0] ?? '',
      unquoted(folders),
    ]),
  );
  const kinds = rowsUnder(read('CONTRIBUTING.md'), 'Kinds of files').map(([kind = '', , example]) => {
    const inLayers = [...kind.matchAll(/\*(\w+)\*/g)].flatMap(([, layer = '']) => {
      const folders = layers.get(layer) ?? assert.fail(layer);
      return folders.map((one) => (one.endsWith('.ts') ? `src/${one}` : `src/${one}/**/*`));
    });
    return { kind, example: unquoted(example)[0] ?? '', globs: [...unquoted(kind), ...inLayers] };
  });
  const fits = (file: string, glob: string) => matchesGlob(file, glob) || matchesGlob(file, `**/${glob}`);
  const kindOf = (file: string) => kinds.find(({ globs }) => globs.some((glob) => fits(file, glob)))?.kind;

  test('has its table', () => assert.ok(kinds.length > 10 && sources.length > 300));

  for (const { kind, example, globs } of kinds) {
    test(`${kind}: the example is one, and the kind is in use`, () => {
      assert.ok(existsSync(join(root, example)), example);
      assert.equal(kindOf(example), kind, example);
      for (const glob of globs)
        assert.ok(
          sources.some((file) => fits(file, glob)),
          glob,
        );
    });
  }

  test('every source file is of one of its kinds', () => {
    assert.deepEqual(
      sources.filter((file) => kindOf(file) === undefined),
      [],
    );
  });

  test('the rules it calls pure import nothing that reads or writes', () => {
    const pure = rowsUnder(read('CONTRIBUTING.md'), 'Pure rules').flatMap(([cell]) => unquoted(cell));
    assert.ok(pure.length > 8);
    for (const name of pure)
      assert.doesNotMatch(
        read(name),
        /^import (?!type).* from '(node:(?!url)|kysely|pg|fastify|#src\/(database|clock|random|web))/m,
        name,
      );
  });
});

describe('README.md', () => {
  const [map = ''] = read('README.md').split('\n## A map, in one minute\n')[1]?.split('\n## ') ?? [];

  test('its table names every folder of src/ once', () => {
    const named = rowsUnder(read('README.md'), 'A map, in one minute').flatMap(([cell]) => unquoted(cell));
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    assert.deepEqual(named.sort(), folders.map(({ name }) => name).sort());
  });

  test('each step of its map names a file, and functions that it defines or uses', () => {
    const steps = map.split(/^\d\. /m).slice(1);
    assert.equal(steps.length, 5);
    for (const step of steps) {
      const [file = '', ...names] = unquoted(step.split('\n|')[0]);
      const source = read(file);
      const others = names.filter((name) => name.startsWith('src/')).map(read);
      for (const name of names.filter((one) => /^\w+$/.test(one)))
        assert.ok(
          [source, ...others].some((text) => new RegExp(`\\b${name}\\b`).test(text)),
          `${file}: ${name}`,
        );
    }
  });
});

test('the layers of docs/architecture.md hold every folder of src/ once', () => {
  const named = rowsUnder(read('docs/architecture.md'), 'Layers').flatMap(([, folders]) => unquoted(folders));
  assert.deepEqual(named.sort(), readdirSync(join(root, 'src')).sort());
});

test('NOTICE names files that exist', () => {
  const named = [...read('NOTICE').matchAll(/\b(?:src|scripts)\/[\w./-]*\w/g)];
  assert.ok(named.length > 6);
  for (const [file] of named) assert.ok(existsSync(join(root, file)), file);
});

describe('links and names', () => {
  for (const name of written) {
    const text = read(name);
    const folder = join(root, name, '..');

    test(`${name}: every link leads somewhere`, () => {
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g))
        assert.ok(existsSync(join(folder, target)), target);
    });

    test(`${name}: every file it names exists`, () => {
      const named = text.matchAll(/`((?:src|test|scripts|policies|docs|bench|faults|\.ci)\/[\w./-]*\w\/?)`/g);
      for (const [, path = ''] of named) assert.ok(existsSync(join(root, path)), path);
    });
  }
});

test('every decision is on the list, numbered without a gap', () => {
  const names = readdirSync(join(root, 'docs/adr')).filter((name) => /^\d{4}-/.test(name));
  const list = read('docs/adr/README.md');
  names.sort().forEach((name, index) => {
    assert.ok(name.startsWith(String(index + 1).padStart(4, '0')), name);
    assert.ok(list.includes(`(${name})`), name);
    for (const part of ['## Context', '## Decision', '## Consequences'])
      assert.ok(read(`docs/adr/${name}`).includes(`\n${part}\n`), `${name}: ${part}`);
  });
});

test('every runtime dependency has its reason, and no other is named', () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const named = rowsUnder(read('docs/adr/0003-runtime-dependencies.md'), 'Decision').flatMap(([cell]) =>
    unquoted(cell),
  );
  assert.deepEqual(named, Object.keys(dependencies));
});

describe('docs/operations.md', () => {
  const operations = read('docs/operations.md');
  const rows = operations.split('\n').filter((line) => line.startsWith('| '));

  test('every alert says what it means and what to do', () => {
    for (const { name } of alerts) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      const [, means = '', act = ''] = row.split(' | ');
      assert.ok(means.length > 20 && act.length > 20, name);
    }
  });

  test('it names no metric that there is not, nor does docs/capacity.md', async () => {
    const samples = await samplesOfAll();
    const families = [...samples.keys()].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    for (const [name] of `${operations}${read('docs/capacity.md')}`.matchAll(/\bcompte_[a-z_]+[a-z]\b(?!…)/g))
      if (!/^compte_(owner|service|process|nodejs)$/.test(name))
        assert.ok(samples.has(name) || families.includes(name), name);
  });

  test('every event that is logged is explained, and every check', () => {
    const sources = [
      'src/operations/events.ts',
      'src/serve/serve.ts',
      'src/serve/foundations.ts',
      'src/cli/serve.ts',
      'src/operations/shutdown.ts',
    ];
    const others = ['src/operations/crash.ts', 'src/app.ts'];
    const events = [...sources, ...others].flatMap((file) =>
      [...read(file).matchAll(/event: '(\w+)'/g)].map(([, name = '']) => name),
    );
    assert.ok(events.length > 12);
    for (const name of [...events, ...Object.keys(knownOutcomes), 'dutyFailed'])
      assert.ok(
        rows.some((row) => row.split(' | ')[0]?.includes(`\`${name}\``)),
        name,
      );
    for (const name of checkNames)
      assert.ok(
        rows.some((row) => row.split(' | ')[0]?.includes(`\`${name}\``)),
        name,
      );
  });
});
