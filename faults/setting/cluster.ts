import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Launched, launch, untilReady } from '../../bench/setting/process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { serverPrograms, unprivileged } from '../../scripts/postgres.ts';
import { NotHere, type Trial } from '../trial.ts';

/** A PostgreSQL server of a trial, with the settings that PostgreSQL has by itself, `fsync` included. */
export interface Server {
  readonly port: number;
  /** Its data; the user it runs as owns the folder around them. */
  readonly data: string;
  url(user: string, database?: string): string;
  /** A statement of the superuser, over a connection of its own. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[], database?: string): Promise<Row[]>;
  start(): Promise<void>;
  /** As an administrator does: connections are cut, everything is written. */
  stop(): Promise<void>;
  /** As a machine that loses its power: nothing of it runs any more, nothing was written on the way. */
  kill(): Promise<void>;
}

/** The superuser of each cluster. */
const superuser = 'postgres';
const user = unprivileged();

/** An empty cluster, started. `settings` as `name=value`. */
export async function newServer(
  trial: Trial,
  folder: string,
  settings: readonly string[] = [],
): Promise<Server> {
  const programs = postgresPrograms(trial);
  const data = dataFolder(folder);
  run(join(programs, 'initdb'), [
    ...['-D', data, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    '--no-sync',
  ]);
  return startOn(trial, data, { settings });
}

/** A server on data that are there: a base backup, or what an operator has restored. */
export async function startOn(
  trial: Trial,
  data: string,
  { settings = [], port: given = null }: { settings?: readonly string[]; port?: number | null } = {},
): Promise<Server> {
  const programs = postgresPrograms(trial);
  const port = given ?? (await freePort());
  const log = `${data}.log`;
  let running: Launched | null = null;
  const url = (name: string, database = 'compte') => `postgres://${name}@127.0.0.1:${port}/${database}`;

  async function query<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
    database = 'postgres',
  ): Promise<Row[]> {
    const client = new pg.Client({
      connectionString: url(superuser, database),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {});
    await client.connect();
    return client.query<Row>(text, values).then(
      ({ rows }) => client.end().then(() => rows),
      (error: unknown) =>
        client.end().then(() => {
          throw error;
        }),
    );
  }

  async function start(): Promise<void> {
    const args = [
      ...['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${join(data, '..')}`],
      ...settings,
    ].flatMap((setting) => ['-c', setting]);
    const server = launch({
      command: [join(programs, 'postgres'), '-D', data, ...args],
      ...{ core: null, env: { LC_ALL: 'C.UTF-8' }, log, user, cwd: data },
    });
    running = server;
    await untilReady(server, () => query('select 1').then(() => true));
  }

  async function kill(): Promise<void> {
    if (!running || running.status() !== null) return;
    const { pid } = running;
    // What it has started would otherwise live a moment longer and answer.
    process.kill(pid, 'SIGSTOP');
    for (const child of childrenOf(pid)) process.kill(child, 'SIGKILL');
    await running.stop('SIGKILL');
  }

  async function stop(): Promise<void> {
    if (running && running.status() === null) await running.stop('SIGINT', 60_000);
  }

  trial.atEnd(kill);
  await start();
  return { port, data, url, query, start, stop, kill };
}

/** A copy of a running server that follows it and that it waits for with each commit; `port`: that of a dead server. */
export async function synchronousStandby(
  trial: Trial,
  primary: Server,
  folder: string,
  port: number | null = null,
): Promise<Server> {
  const program = postgresProgram(trial, 'pg_basebackup');
  const data = dataFolder(folder);
  const name = 'standby';
  run(program, [
    ...['-D', data, '--checkpoint=fast', '--write-recovery-conf', '--no-sync'],
    ...['-d', `host=127.0.0.1 port=${primary.port} user=${superuser} application_name=${name}`],
  ]);
  const standby = await startOn(trial, data, { port });
  await primary.query(`alter system set synchronous_standby_names = '${name}'`);
  await primary.query('select pg_reload_conf()');
  for (;;) {
    const [found] = await primary.query<{ sync_state: string }>('select sync_state from pg_stat_replication');
    if (found?.sync_state === 'sync') return standby;
    if (trial.over.aborted) throw new Error('the standby does not follow');
  }
}

/** A folder for data, which the user that servers run as may write. */
export function dataFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  return join(folder, 'data');
}

/** Runs a program of PostgreSQL as the user that servers run as. */
function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user ?? {}),
  });
}

/** The newest PostgreSQL of this machine, from 15 on, or the one from npm, which has fewer programs. */
function postgresPrograms(trial: Trial): string {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed).map(Number) : [];
  const [newest] = versions.filter((version) => version >= 15).sort((a, b) => b - a);
  if (newest !== undefined) return join(installed, String(newest), 'bin');
  return serverPrograms(user, trial.folder);
}

/** A program that only a whole installation of PostgreSQL has. */
export function postgresProgram(trial: Trial, name: string): string {
  const program = join(postgresPrograms(trial), name);
  if (!existsSync(program)) throw new NotHere(`${name} is not installed (Debian: postgresql)`);
  return program;
}

function childrenOf(pid: number): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number);
}
