import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which test files there are, which of them depend on the database engine, and which share a process. */

const root = join(import.meta.dirname, '..');

export interface Group {
  readonly engine: 'server' | 'embedded';
  readonly files: readonly string[];
}

export function allTests(): string[] {
  return globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort();
}

/** Whole folders that are about the engine, and every test that opens a database itself instead of an application. */
export function onBothEngines(path: string): boolean {
  const text = readFileSync(join(root, path), 'utf8');
  return (
    /^(src\/database|test\/(demo|engines|reliability))\//.test(path) || text.includes('setting/database.ts')
  );
}

/** Files share a process because to load the application takes a second of each; so few groups, of about equal length. */
export function groups(files: readonly string[], embedded: readonly string[]): Group[] {
  return [
    ...split(files, 8).map((some) => ({ engine: 'server', files: some }) as const),
    ...split(embedded, 2).map((some) => ({ engine: 'embedded', files: some }) as const),
  ];
}

function split(files: readonly string[], count: number): string[][] {
  const parts = Array.from({ length: Math.min(count, files.length) }, (): string[] => []);
  for (const [index, file] of files.entries()) parts[index % parts.length]?.push(file);
  return parts;
}
