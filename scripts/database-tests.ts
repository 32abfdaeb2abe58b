import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Prints the test files to run on PostgreSQL too: those that import, directly or not, a module that opens a database for
 * tests, or that start a server themselves. Tests that do not depend on the database engine are left out: those of
 * browsers, of providers' answers and of hostile requests.
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
