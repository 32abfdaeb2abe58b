import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/**
 * Runs a command beside a PostgreSQL server of its own: a new cluster in a temporary folder, on a free port of
 * this machine, gone afterwards. The command finds its address in TEST_DATABASE_URL.
 *
 *     node scripts/with-postgres.ts npm run test:database
 *
 * PostgreSQL does not run as root: for root, the server belongs to the user `postgres`, or else `nobody`.
 */

function serverPrograms(): string {
  const folders = globSync('/usr/lib/postgresql/*/bin').sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const onPath = (process.env.PATH ?? '').split(':');
  const found = [...onPath, ...folders.toReversed()].find((folder) => existsSync(join(folder, 'initdb')));
  if (!found) throw new Error('No PostgreSQL server is installed here: apt-get install postgresql');
  return found;
}

function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] =
    ['postgres', 'nobody'].flatMap((name) => users.filter(([user]) => user === name))[0] ?? [];
  if (!uid || !gid) throw new Error('There is no user postgres or nobody to run the server as');
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!(address instanceof Object)) throw new Error('There is no free port');
  return address.port;
}

const [command, ...args] = process.argv.slice(2);
if (!command) throw new Error('Usage: node scripts/with-postgres.ts COMMAND [ARGUMENT …]');

const programs = serverPrograms();
const owner = unprivileged();
// Where the other user can reach it: a home folder is often closed to others.
const folder = mkdtempSync(join(owner ? '/tmp' : tmpdir(), 'compte-postgres-'));
if (owner) chownSync(folder, owner.uid, owner.gid);
const data = join(folder, 'data');
const identity = { ...(owner ?? {}), cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };

execFileSync(
  join(programs, 'initdb'),
  ['--pgdata', data, '--username=test', '--auth=trust', '--encoding=UTF8', '--no-instructions'],
  { ...identity, stdio: ['ignore', 'ignore', 'inherit'] },
);
const port = await freePort();
const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
const server = spawn(
  join(programs, 'postgres'),
  ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
  { ...identity, stdio: ['ignore', 'ignore', 'pipe'] },
);
let said = '';
server.stderr.on('data', (chunk: Buffer) => {
  said = (said + chunk.toString('utf8')).slice(-10_000);
});
const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

let code = 1;
try {
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  for (let tries = 0; !(await answers(url)); tries += 1) {
    if (tries === 150 || server.exitCode !== null) throw new Error(`PostgreSQL does not start:\n${said}`);
    await wait(200);
  }
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
} finally {
  server.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = code;
