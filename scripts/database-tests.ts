import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Prints the test files that use a database: those that import, however indirectly, the module that opens one
 * for tests. They are the ones worth running on PostgreSQL as well, except what does not depend on the engine: what a
 * browser shows, what a provider answers, and whatever is thrown at pages.
 */

const root = join(import.meta.dirname, '..');
const opener = join(root, 'src/database/testing.ts');
const browser = join(root, 'test/browser/chromium.ts');
const apart = /^test\/(security|api|docs|franceconnect\/(?!links)|reliability\/(start|refusal))/;
const imported = /(?:from|import)\s*\(?\s*'((?:#src|\.{1,2})\/[^']+\.ts)'/g;

function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(imported)].map(([, specifier = '']) =>
    specifier.startsWith('#src/')
      ? join(root, 'src', specifier.slice('#src/'.length))
      : resolve(dirname(file), specifier),
  );
}

function reaches(aim: string, file: string, seen = new Set<string>()): boolean {
  if (file === aim) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((other) => reaches(aim, other, seen));
}

for (const path of globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort())
  if (reaches(opener, join(root, path)) && !reaches(browser, join(root, path)) && !apart.test(path))
    console.log(relative(process.cwd(), join(root, path)));
