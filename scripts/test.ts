import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { openPostgres, type Postgres } from './postgres.ts';
import { allTests, type Group, groups, writeSlowest } from './test-files.ts';

/**
 * Runs the tests: all of them on PostgreSQL, and those that depend on the engine on the embedded one too.
 *
 *     npm test                         everything
 *     npm test -- FILE …               these files only
 *     npm test -- --slowest            and says which files took longest, which balances later runs
 *     npm test -- --test-name-pattern TEXT [FILE …]
 */

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    slowest: { type: 'boolean', default: false },
    'test-name-pattern': { type: 'string', multiple: true },
  },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache/tests');

/** A module that loads the files of one group, which then share a process, its modules and its databases. */
function writeGroup({ engine, files }: Group, index: number): string {
  const path = join(folder, `${index + 1}-${engine}.mjs`);
  const from = (file: string) => `from '${relative(folder, join(root, file))}';\n`;
  const first = engine === 'embedded' ? 'embedded-only' : 'quickly-compiled';
  const lines = [
    `import { allLoaded } ${from('test/setting/group.ts')}`,
    ...[`test/setting/${first}.ts`, ...files].map((file) => `import {} ${from(file)}`),
    'allLoaded();\n',
  ];
  writeFileSync(path, lines.join(''));
  return path;
}

/** Every file with the seconds of its tests on both engines together, the slowest first. */
function table(seconds: ReadonlyMap<string, number>): string {
  return [...seconds].map(([file, some]) => `${some.toFixed(1).padStart(7)} s  ${file}\n`).join('');
}

interface Ran {
  /** Of each file of which a test ran, the slowest first. */
  readonly seconds: ReadonlyMap<string, number>;
  /** The groups whose process ended after its last test. */
  readonly ended: ReadonlySet<string>;
}

async function runGroups(paths: readonly string[]): Promise<Ran> {
  const seconds = new Map<string, number>();
  const ended = new Set<string>();
  const named = asked['test-name-pattern'] ?? [];
  const tests = run({
    files: paths,
    signal: stopping.signal,
    concurrency: paths.length,
    execArgv: [
      // For what hangs: the longest test takes a minute, and a run that hangs should say so before anybody ends it.
      '--test-timeout=480000',
      '--import=./test/setting/untracked-promises.ts',
      // The heap of a group grows to 200 MB: V8 would mark all of it at every third more.
      '--initial-heap-size=512',
    ],
    // The others wait for it: see test/setting/group.ts.
    testNamePatterns: named.length > 0 ? [...named, 'the files of this group are loaded'] : [],
  });
  for (const event of ['test:pass', 'test:fail'] as const)
    tests.on(event, ({ file, nesting, details }) => {
      if (event === 'test:fail') process.exitCode = 1;
      if (nesting > 0 || !file) return;
      const name = relative(root, file);
      seconds.set(name, (seconds.get(name) ?? 0) + details.duration_ms / 1_000);
    });
  tests.on('test:summary', ({ file }) => {
    if (file) ended.add(file);
  });
  const report = tests.compose(new spec());
  report.pipe(process.stdout);
  await finished(report);
  return { seconds: new Map([...seconds].sort(([, a], [, b]) => b - a)), ended };
}

/** The server that all test files share, unless another one is given. */
async function sharedServer(): Promise<Postgres | null> {
  if (process.env.TEST_DATABASE_URL) return null;
  // Thousands of databases come and go: none has to survive a power failure.
  const settings = ['fsync=off', 'full_page_writes=off', 'autovacuum=off', 'max_connections=300'];
  return openPostgres(settings, memory);
}

/** Linux keeps what is written there in memory. */
const memoryFolder = '/dev/shm';
const neededBytes = 3 * 1024 ** 3;

/**
 * A folder in memory for all that tests write, where there is plenty: classes of a workshop take a quarter less time there,
 * and nothing has to survive. Null: temporary files are where they always are.
 */
function openMemory(): string | null {
  if (process.env.TMPDIR) return null;
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    return bavail * bsize < neededBytes ? null : mkdtempSync(join(memoryFolder, 'compte-tests-'));
  } catch {
    return null;
  }
}

/**
 * What did not run as it should although nothing failed: a process that ended with 0 before its last test, which Node
 * takes for a pass, and a file without a test.
 */
function unseenFaults({ seconds, ended }: Ran): readonly string[] {
  if (asked['test-name-pattern']) return [];
  return [
    ...paths.filter((path) => !ended.has(path)).map((path) => `Ended before its last test: ${path}`),
    ...files.filter((file) => !seconds.has(file)).map((file) => `No test ran: ${file}`),
  ];
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const files = positionals.length > 0 ? positionals.map((path) => relative(root, path)) : allTests();
const paths = groups(files).map(writeGroup);
const stopping = new AbortController();
const memory = openMemory();
if (memory !== null) {
  chmodSync(memory, 0o711);
  process.env.TMPDIR = memory;
}
let server: Postgres | null = null;
const closeServer = async () => {
  const open = server;
  server = null;
  await open?.remove();
  if (memory !== null) rmSync(memory, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stopping.abort();
    closeServer().finally(() => process.exit(1));
  });
try {
  server = await sharedServer();
  if (server) {
    process.env.TEST_DATABASE_URL = server.url;
    process.env.TEST_DATABASE_SOCKET = server.socketFolder;
  }
  const ran = await runGroups(paths);
  const { seconds } = ran;
  for (const fault of unseenFaults(ran)) {
    process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
  }
  const { brokenRules } = await import('../test/spread/report.ts');
  for (const broken of await brokenRules(positionals.length === 0 && !asked['test-name-pattern'])) {
    process.stderr.write(`\n${broken}\n`);
    process.exitCode = 1;
  }
  if (asked.slowest) process.stdout.write(table(seconds));
  if (asked.slowest && positionals.length === 0) writeSlowest(seconds);
} finally {
  await closeServer();
}
