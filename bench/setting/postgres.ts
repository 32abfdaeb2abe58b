import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../scripts/free-port.ts';
import { serverPrograms, unprivileged } from '../../scripts/postgres.ts';
import { type Launched, launch, untilReady } from './process.ts';

/** A PostgreSQL of our own: nothing that was there before is touched, nothing is left. */
export interface PrivatePostgres {
  readonly version: string;
  /**
   * One user for each kind of process, so that their statements are counted apart; `owner` migrates, `postgres` may do
   * everything.
   */
  url(user: 'owner' | 'web' | 'worker' | 'postgres'): string;
  /** Makes another database, of the owner, for what is measured beside us; answers its address. */
  anotherDatabase(name: string): Promise<string>;
  /** A role that may create databases, with one of its own; answers its address. */
  creator(name: string): Promise<string>;
  /** Connections that a role has now. */
  connections(role: string): Promise<number>;
  /**
   * Statements that a user has sent so far, `begin` and `commit` included. Not the one of each second in which a process
   * shares how many requests its clients have sent: it belongs to no request.
   */
  statements(user: 'web' | 'worker'): Promise<number>;
  /** How often statements like this pattern were run, by anybody, and the milliseconds that they took. */
  spent(like: string): Promise<{ readonly calls: number; readonly ms: number }>;
  /** The text of the statement like this pattern that was run most often. */
  textOf(like: string): Promise<string>;
  stop(): Promise<void>;
}

/** What users that serve have in common: the rights that `compte migrate` gives. */
export const servingRole = 'service';

/** `kept`: a folder whose cluster is used again, and stays; `given`: more settings of the server. */
export async function startPostgres(
  log: string,
  { kept = null, given = [] }: { readonly kept?: string | null; readonly given?: readonly string[] } = {},
): Promise<PrivatePostgres> {
  const user = unprivileged();
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'compte-bench-pg-'));
  mkdirSync(folder, { recursive: true });
  if (user) chownSync(folder, user.uid, user.gid);
  const bin = serverPrograms(user, folder);
  const data = join(folder, 'data');
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  if (isNew)
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        ...(user ?? {}),
      },
    );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_preload_libraries=pg_stat_statements',
    ...given,
  ].flatMap((setting) => ['-c', setting]);
  const server = launch({
    command: [join(bin, 'postgres'), '-D', data, ...settings],
    core: 1,
    env: {},
    log,
    user,
  });
  const client = await connected(server, port);
  if (isNew) {
    await client.query('create role owner login');
    await client.query('create database compte owner owner');
    await client.query(`create role ${servingRole}`);
    for (const role of ['web', 'worker'])
      await client.query(`create role ${role} login in role ${servingRole}`);
    await client.query('create extension pg_stat_statements');
  }
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  return {
    version: rows[0]?.server_version ?? '',
    url: (name) => `postgres://${name}@127.0.0.1:${port}/compte`,
    async anotherDatabase(name) {
      await client.query(`create database ${pg.escapeIdentifier(name)} owner owner`);
      return `postgres://owner@127.0.0.1:${port}/${name}`;
    },
    async creator(name) {
      await client.query(`create role ${pg.escapeIdentifier(name)} login createdb`);
      await client.query(`create database ${pg.escapeIdentifier(name)} owner ${pg.escapeIdentifier(name)}`);
      return `postgres://${name}@127.0.0.1:${port}/${name}`;
    },
    async connections(role) {
      const open = await client.query<{ count: number }>(
        'select count(*)::integer as count from pg_stat_activity where usename = $1',
        [role],
      );
      return open.rows[0]?.count ?? 0;
    },
    async statements(name) {
      const counted = await client.query<{ calls: number }>(
        `select coalesce(sum(calls), 0)::integer as calls from pg_stat_statements
         where userid = $1::regrole and query not like '%into request_count%'`,
        [name],
      );
      return counted.rows[0]?.calls ?? 0;
    },
    async spent(like) {
      const { rows: sums } = await client.query<{ calls: number; ms: number }>(
        `select coalesce(sum(calls), 0)::integer as calls, coalesce(sum(total_exec_time), 0)::float8 as ms
         from pg_stat_statements where query like $1`,
        [like],
      );
      return sums[0] ?? { calls: 0, ms: 0 };
    },
    async textOf(like) {
      const { rows: texts } = await client.query<{ query: string }>(
        'select query from pg_stat_statements where query like $1 order by calls desc limit 1',
        [like],
      );
      return texts[0]?.query ?? '';
    },
    async stop() {
      await client.end();
      await server.stop('SIGINT');
      if (kept === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connected(server: Launched, port: number): Promise<pg.Client> {
  const open = async () => {
    const client = new pg.Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  let client: pg.Client | null = null;
  await untilReady(server, async () => {
    client = await open();
    return true;
  });
  return client ?? open();
}

/** Connects, and closes the connection afterwards. */
export async function withClient<T>(
  connectionString: string,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
