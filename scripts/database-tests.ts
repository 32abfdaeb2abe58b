import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Prints the test files that use a database: those that import, however indirectly, a module that opens one for tests,
 * or that ask for a server themselves. They are the ones worth running on PostgreSQL as well, except what does not
 * depend on the engine: what a browser shows, what a provider answers, and whatever is thrown at pages.
 */

const root = join(import.meta.dirname, '..');
const openers = ['database.ts', 'server-database.ts'].map((name) => join(root, 'test/setting', name));
const browser = join(root, 'test/browser/chromium.ts');
const apart =
  /^(test\/(security|api|docs|pages|operations\/lines|franceconnect\/(?!links)|reliability\/start)|src\/(web|delivery\/(dkim|transport)))/;
const imported = /(?:from|import)\s*\(?\s*'((?:#src|#test|\.{1,2})\/[^']+\.ts)'/g;

const known = new Map<string, readonly string[]>();

function importsOf(file: string): readonly string[] {
  const seen = known.get(file);
  if (seen) return seen;
  const found = [...readFileSync(file, 'utf8').matchAll(imported)].map(([, specifier = '']) =>
    specifier.startsWith('#') ? join(root, specifier.slice(1)) : resolve(dirname(file), specifier),
  );
  known.set(file, found);
  return found;
}

function reaches(aims: readonly string[], file: string, seen = new Set<string>()): boolean {
  if (aims.includes(file)) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((other) => reaches(aims, other, seen));
}

for (const path of globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort())
  if (reaches(openers, join(root, path)) && !reaches([browser], join(root, path)) && !apart.test(path))
    console.log(relative(process.cwd(), join(root, path)));
