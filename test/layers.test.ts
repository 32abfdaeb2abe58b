import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, test } from 'node:test';

/**
 * The layers of src/, as docs/architecture.md draws them: imports go down, and nowhere in a circle. Types count too,
 * but for circles between files of one folder.
 */

const root = join(import.meta.dirname, '..');
const files = globSync('src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] }).sort();

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const statement = /^(?:import|export)\s(?:([^'";]*?)\sfrom\s)?'([^']+)'/gm;
const dynamic = /\bimport\('([^']+)'\)/g;

/** Every import of a file of src/ by another, over several lines or loaded later too. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [
    ...[...text.matchAll(statement)].map(([, clause = '', specifier = '']) => ({ clause, specifier })),
    ...[...text.matchAll(dynamic)].map(([, specifier = '']) => ({ clause: '', specifier })),
  ];
  return found.flatMap(({ clause, specifier }) => {
    const target = specifier.startsWith('#src/')
      ? posix.join('src', specifier.slice('#src/'.length))
      : posix.join(dirname(file), specifier);
    const isOurs = specifier.startsWith('#src/') || specifier.startsWith('.');
    return isOurs && target.endsWith('.ts') ? [{ from: file, to: target, typesOnly: isOfTypes(clause) }] : [];
  });
}

function isOfTypes(clause: string): boolean {
  if (/^type\s/.test(clause)) return true;
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1]?.split(',') ?? [];
  const named = names.map((name) => name.trim()).filter((name) => name !== '');
  return named.length > 0 && named.every((name) => name.startsWith('type '));
}

const imports = files.flatMap(importsOf);

/** `src/web/http/gates.ts` is of `web`; `src/app.ts` of itself. */
const placeOf = (file: string) => file.split('/')[1] ?? '';

/** The places of each layer, the highest first. */
function drawnLayers(): readonly (readonly string[])[] {
  const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const section = document.split('\n## Layers\n')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| [a-z]/.test(line));
  return rows.map((row) => [...row.matchAll(/`([\w.-]+)`/g)].map(([, name = '']) => name));
}

/** One circle of a graph, as the list of its nodes; null when there is none. */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | null {
  const done = new Set<string>();
  const search = (node: string, way: readonly string[]): readonly string[] | null => {
    const start = way.indexOf(node);
    if (start >= 0) return [...way.slice(start), node];
    if (done.has(node)) return null;
    for (const next of arrows.get(node) ?? []) {
      const circle = search(next, [...way, node]);
      if (circle) return circle;
    }
    done.add(node);
    return null;
  };
  for (const node of arrows.keys()) {
    const circle = search(node, []);
    if (circle) return circle;
  }
  return null;
}

function arrowsBetween(found: readonly Import[], name: (file: string) => string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of found) {
    if (name(from) === name(to)) continue;
    const known = arrows.get(name(from)) ?? new Set();
    arrows.set(name(from), known.add(name(to)));
  }
  return arrows;
}

describe('the layers of src/', () => {
  const layers = drawnLayers();
  const depth = new Map(layers.flatMap((places, index) => places.map((place) => [place, index] as const)));

  test('every folder of src/, and every file beside them, stands in one layer', () => {
    assert.deepEqual(layers.flat().sort(), [...new Set(files.map(placeOf))].sort());
  });

  test('imports go down', () => {
    const up = imports.filter(({ from, to }) => {
      const [above = 0, below = 0] = [depth.get(placeOf(from)), depth.get(placeOf(to))];
      return above > below;
    });
    assert.deepEqual(
      up.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('no folders import each other in a circle', () => {
    assert.equal(circleIn(arrowsBetween(imports, placeOf)), null);
  });

  test('no files do, but for types', () => {
    const loaded = imports.filter(({ typesOnly }) => !typesOnly);
    assert.equal(circleIn(arrowsBetween(loaded, (file) => file)), null);
  });

  test('imports of several lines, of types and of what is loaded later are seen', () => {
    const seen = (from: string, to: string) =>
      imports.some((found) => found.from === from && found.to === to);
    assert.ok(imports.length > 2_500);
    assert.ok(imports.some(({ typesOnly }) => typesOnly));
    assert.ok(seen('src/serve/serve.ts', 'src/serve/run-worker.ts'));
  });
});

test('a folder holds at most 15 source files', () => {
  const folders = Map.groupBy(files, (file) => dirname(file));
  const crowded = [...folders].filter(([, inside]) => inside.length > 15).map(([folder]) => folder);
  assert.deepEqual(crowded, []);
});

test('no file is longer than 400 lines, tables of texts apart', () => {
  // What the benchmark is measured beside is installed in its own folder.
  const ours = { cwd: root, exclude: ['**/node_modules/**'] };
  const long = globSync('{src,test,scripts,bench,faults}/**/*.ts', ours).filter((file) => {
    const isText = /(texts|french|english)\.ts$/.test(file);
    return !isText && readFileSync(join(root, file), 'utf8').split('\n').length > 400;
  });
  assert.deepEqual(long, []);
});
