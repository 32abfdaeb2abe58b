import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { readMigrations } from '#src/database/migrate.ts';
import { databaseOn, type OpenDatabase } from '#src/database/open.ts';
import {
  closeOrForce,
  oncePrepared,
  type Prepared,
  prepare,
  roles,
  type TestDatabase,
  templateName,
} from './database-preparation.ts';

const templateOf = oncePrepared(makeTemplate);

/**
 * A database for one test at a time, the connections that tests leave to the next one, and a superuser's session that
 * empties it between them.
 */
interface Copy {
  readonly ownerUrl: string;
  readonly pool: KeptPool;
  readonly superuser: pg.Client;
  drop(): Promise<unknown>;
  /** Drops it although a connection was never given back. */
  force(): Promise<unknown>;
}

const patienceMs = 60_000;
const idle: Record<Prepared, Copy[]> = { bare: [], queues: [] };

/** A new connection costs the server as much as thirty statements: a pool that a test has ended is that of the next one. */
class KeptPool extends pg.Pool {
  /** Waits for what is under way, as any pool does, and takes from each connection what its test has set. */
  override async end(): Promise<void> {
    while (this.waitingCount > 0 || this.idleCount < this.totalCount)
      await wait(5, undefined, { ref: false });
    this.removeAllListeners();
    this.on('error', () => {});
    const idle = await Promise.all(Array.from({ length: this.idleCount }, () => this.connect()));
    await Promise.all(idle.map((client) => client.query('reset all')));
    for (const client of idle) client.release();
  }

  async endForGood(): Promise<void> {
    await super.end();
  }
}

after(async () => {
  for (const copy of [...idle.bare, ...idle.queues]) await copy.drop();
});

/**
 * A database of its own on a server: one that an earlier test of this process gave back, emptied, or a new copy of the
 * template that the first test to come has made.
 */
export async function serverTestDatabase(server: string, prepared: Prepared): Promise<TestDatabase> {
  const copy = idle[prepared].pop() ?? (await newCopy(server, prepared));
  let changedByOwner = false;
  const opened = databaseOn(copy.pool, async () => {
    if (!changedByOwner && (await emptied(copy, prepared))) idle[prepared].push(copy);
    else await copy.drop();
  });
  return {
    ...opened,
    close: () => closeOrForce(opened.close, copy.force),
    asOwner: async (run) => {
      changedByOwner = true;
      const owner = openPatiently(copy.ownerUrl, 2);
      return run(owner.db).finally(() => owner.close());
    },
  };
}

/** As a process opens a database, but for the limits of a page: what takes long on a busy machine still comes. */
export function openPatiently(url: string, poolSize: number): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: patienceMs,
  });
  return databaseOn(pool, async () => {});
}

async function newCopy(server: string, prepared: Prepared): Promise<Copy> {
  const { url, ownerUrl, drop } = await createServerDatabase(server, prepared);
  const address = new URL(server);
  address.pathname = new URL(url).pathname;
  const superuser = new pg.Client({ connectionString: bySocket(address.href) });
  await superuser.connect();
  // Rows are taken out in any order, those of the audit trail too; a session that was left open does not stop that.
  await superuser.query("set session_replication_role = replica; set lock_timeout = '2s'");
  // However busy the machine is: a page that answers 503 is not what these tests are about.
  const pool = new KeptPool({
    connectionString: bySocket(url),
    max: 10,
    connectionTimeoutMillis: patienceMs,
  });
  const force = () => superuser.end().then(drop);
  return {
    ownerUrl,
    pool,
    superuser,
    force,
    drop: () => pool.endForGood().then(force),
  };
}

/** Takes every row out, and the months of payments, but the rows that say what is installed. False when the database is not as it was. */
async function emptied({ superuser }: Copy, prepared: Prepared): Promise<boolean> {
  try {
    const { rows } = await superuser.query<{ deletes: string; migrations: number; jobs: boolean }>(`
      select (select string_agg(case when c.relispartition then 'drop table ' else 'delete from ' end
              || quote_ident(c.relname), ';')
          from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration') as deletes,
        (select count(*)::integer from migration) as migrations, to_regclass('pgboss.job') is not null as jobs`);
    const [found] = rows;
    if (found?.migrations !== readMigrations().length || found.jobs !== (prepared === 'queues')) return false;
    const queues = `delete from pgboss.job; delete from pgboss.job_dependency; delete from pgboss.warning;
      delete from pgboss.queue_stats`;
    // One round trip; where nothing is left to delete, a tenth of the time that `truncate` takes.
    await superuser.query(found.jobs ? `${found.deletes}; ${queues}` : found.deletes);
    return true;
  } catch {
    return false;
  }
}

/** Only the addresses of such a database, for a process of its own: as the role that serves, and as its owner. */
export async function createServerDatabase(server: string, prepared: Prepared | 'empty') {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = prepared === 'empty' ? 'template0' : await templateOf(prepared, server);
  await onServer(server, async (client) => {
    await createRoles(client);
    // Copying the files takes half the time of writing them to the log.
    await client.query(
      `create database ${name} owner ${roles.owner} template ${template} strategy file_copy`,
    );
  });
  return {
    url: addressOf(server, name, roles.runtime),
    ownerUrl: addressOf(server, name, roles.owner),
    drop: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function onServer(server: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: bySocket(server) });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

/** The way to a server that the tests have started themselves, where statements cost less. */
export function bySocket(url: string): string {
  const folder = process.env.TEST_DATABASE_SOCKET;
  if (!folder) return url;
  const address = new URL(url);
  address.searchParams.set('host', folder);
  return address.href;
}

/** The role that creates databases has the same password as these. */
function addressOf(server: string, name: string, role: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  url.username = role;
  return url.href;
}

async function createRoles(client: pg.Client): Promise<void> {
  const password = client.password ? ` password ${client.escapeLiteral(client.password)}` : '';
  for (const role of Object.values(roles))
    await client.query(`
      do $$ begin
        create role ${role} login${password};
      exception when duplicate_object or unique_violation then null;
      end $$`);
}

/** Several processes that start at once take turns; a template that is there is whole. */
async function makeTemplate(prepared: Prepared, server: string): Promise<string> {
  const name = templateName(prepared);
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock(20260302)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    await createRoles(client);
    await client.query(`drop database if exists ${name}_unfinished with (force)`);
    await client.query(`create database ${name}_unfinished owner ${roles.owner}`);
    const url = addressOf(server, `${name}_unfinished`, roles.owner);
    const opened = openPatiently(url, 2);
    await prepare(opened, prepared).finally(() => opened.close());
    await client.query(`alter database ${name}_unfinished rename to ${name}`);
  });
  return name;
}
