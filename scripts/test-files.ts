import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Which test files there are, which of them run on both database engines, and which share a process. */

const root = join(import.meta.dirname, '..');
const slowestFile = join(root, 'test/slowest.json');

export interface Group {
  readonly engine: 'server' | 'embedded';
  readonly files: readonly string[];
}

export function allTests(): string[] {
  return globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort();
}

/**
 * Where the tests stand that run on the embedded engine too: beside the sources, in the folders about an engine or about
 * the statements of a feature, and one file for each other way in. Browsers visit a demo on that engine anyway.
 */
export const aboutEngines: readonly string[] = [
  'src/',
  'test/dispute/stories.test.ts',
  'test/engines/',
  'test/enrolment.test.ts',
  'test/franceconnect/links.test.ts',
  'test/oidc/organisation.test.ts',
  'test/register/',
  'test/reliability/start-and-stop.test.ts',
  'test/sessions.test.ts',
];

/** What opens a database of the chosen engine. A test that starts an engine of its own would do the same twice. */
const opensDatabase =
  /\/(setting\/(database|application|account)|notices\/post)\.ts'|databaseFor|franceConnectSite|organisation/;

/** Whether a file runs on both engines: it is in one of those places, opens a database, and needs nothing of a server. */
export function onBothEngines(path: string): boolean {
  const text = readFileSync(join(root, path), 'utf8');
  return (
    aboutEngines.some((start) => path.startsWith(start)) &&
    opensDatabase.test(text) &&
    !text.includes('needsServer')
  );
}

/**
 * The files by process, all of which run at once. Each loads the application, opens databases and has V8 compile what it often
 * uses, and takes about as long as the others, by what the slowest files took when they were last measured.
 */
export function groups(files: readonly string[]): Group[] {
  const both = new Set(files.filter(onBothEngines));
  const parts = [
    ...split(files, 5, both).map((part) => ({ engine: 'server', ...part }) as const),
    ...split([...both], 1, both).map((part) => ({ engine: 'embedded', ...part }) as const),
  ];
  return parts.toSorted((a, b) => b.seconds - a.seconds);
}

/** The seconds of the slowest files, which `npm test -- --slowest` writes; they need not be exact. */
function measuredSeconds(): ReadonlyMap<string, number> {
  const measured: unknown = JSON.parse(readFileSync(slowestFile, 'utf8'));
  return new Map(Object.entries(z.record(z.string(), z.number()).parse(measured)));
}

export function writeSlowest(seconds: ReadonlyMap<string, number>): void {
  const rounded = [...seconds].map(([file, some]) => [file, Math.round(some)] as const);
  const slowest = Object.fromEntries(rounded.filter(([, some]) => some > 2));
  writeFileSync(slowestFile, `${JSON.stringify(slowest, null, 2)}\n`);
}

/** The files of these folders share what they start, a demo or a browser, and so a process. */
const together = ['test/browser/', 'test/walks/', 'test/pages/'];

interface Part {
  readonly seconds: number;
  readonly files: readonly string[];
}

/**
 * Splits files into parts of about equal length: the longest first, each to the part that has least so far. `both`: files
 * that run on both engines, which were measured together.
 */
function split(files: readonly string[], count: number, both: ReadonlySet<string>): readonly Part[] {
  const measured = measuredSeconds();
  const secondsOf = (file: string): number => (measured.get(file) ?? 0.5) / (both.has(file) ? 2 : 1);
  const units = Map.groupBy(files, (file) => together.find((start) => file.startsWith(start)) ?? file);
  const weighed = [...units.values()].map((some) => ({
    files: some,
    seconds: some.reduce((sum, file) => sum + secondsOf(file), 0),
  }));
  const parts = Array.from({ length: count }, () => {
    const own: string[] = [];
    return { seconds: 0, files: own };
  });
  for (const unit of weighed.toSorted((a, b) => b.seconds - a.seconds)) {
    const [least] = parts.toSorted((a, b) => a.seconds - b.seconds);
    if (!least) break;
    least.files.push(...unit.files);
    least.seconds += unit.seconds;
  }
  return parts.filter((part) => part.files.length > 0);
}
