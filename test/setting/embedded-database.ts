import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import pg from 'pg';
import { type Embedded, openEmbedded } from '#src/database/embedded.ts';
import { FolderInUse, lockFolder } from '#src/database/lock-folder.ts';
import { readMigrations } from '#src/database/migrate.ts';
import { databaseOn } from '#src/database/open.ts';
import {
  closeOrForce,
  oncePrepared,
  type Prepared,
  prepare,
  roles,
  type TestDatabase,
  templateName,
} from './database-preparation.ts';

const cache = join(import.meta.dirname, '../../.cache');
/** The data folder that such a database starts from, as a tar. */
export const embeddedTemplate = oncePrepared(readOrMakeTemplate);
const idle: Record<Prepared, Embedded[]> = { bare: [], queues: [] };

after(async () => {
  for (const engine of [...idle.bare, ...idle.queues]) await engine.close();
});

/** Making the first cluster takes seconds, many of them on a busy machine. */
const patienceMs = 150_000;

/**
 * A folder of classes that has nothing but the template of their databases, on disk as a demo’s: tables, queues and caisses,
 * and nobody. To be copied, not opened.
 */
export async function classesFolder(): Promise<string> {
  const { openEmbeddedDatabases } = await import('#src/workshop/databases/class-databases.ts');
  const { templateVersion } = await import('#src/workshop/databases/template.ts');
  const folder = join(cache, `${templateName('classes')}_${templateVersion()}`);
  return keptOrMade(
    'template-classes',
    () => (existsSync(folder) ? folder : null),
    async () => {
      removeOlder('classes');
      const draft = join(cache, 'template-classes', 'draft');
      rmSync(draft, { recursive: true, force: true });
      await openEmbeddedDatabases(draft).of(join(draft, 'first'), 'first', true);
      rmSync(join(draft, 'first'), { recursive: true });
      renameSync(draft, folder);
      return folder;
    },
  );
}

/** An engine that an earlier test of this process gave back, emptied, or a new one from the cached template. */
export async function embeddedTestDatabase(prepared: Prepared): Promise<TestDatabase> {
  const engine = idle[prepared].pop() ?? (await openEmbedded(null, await embeddedTemplate(prepared)));
  const opened = databaseOn(poolOf(engine, roles.runtime), async () => {
    if (await emptied(engine, prepared)) idle[prepared].push(engine);
    else await engine.close();
  });
  return {
    ...opened,
    close: () => closeOrForce(opened.close, engine.close),
    // The engine has a single session, which takes the owner's role for a while.
    asOwner: (run) =>
      opened.db.connection().execute(async (session) => {
        await sql`set role ${sql.id(roles.owner)}`.execute(session);
        return run(session).finally(() => sql`set role ${sql.id(roles.runtime)}`.execute(session));
      }),
  };
}

/** The engine knows one user, a superuser: each connection takes the role that it is for. */
function poolOf(engine: Embedded, role: string | null): pg.Pool {
  return new pg.Pool({
    max: 1,
    stream: () => engine.stream(),
    connectionTimeoutMillis: patienceMs,
    onConnect: (client) => (role === null ? undefined : client.query(`set role ${role}`)),
  });
}

/** Takes every row out, but those that say what is installed. False when the engine is not as it was. */
async function emptied(engine: Embedded, prepared: Prepared): Promise<boolean> {
  const pool = poolOf(engine, null);
  try {
    await pool.query(`set session_replication_role = replica`);
    const { rows } = await pool.query<{
      tables: string;
      months: string | null;
      migrations: number;
      jobs: boolean;
    }>(`
      select (select string_agg(quote_ident(tablename), ', ') from pg_tables
          where schemaname = 'public' and tablename <> 'migration') as tables,
        (select string_agg(quote_ident(relname), ', ') from pg_class
          where relispartition and relkind = 'r' and relnamespace = 'public'::regnamespace) as months,
        (select count(*)::integer from migration) as migrations, to_regclass('pgboss.job') is not null as jobs`);
    const [found] = rows;
    if (found?.migrations !== readMigrations().length) return false;
    await pool.query(`truncate ${found.tables}`);
    if (found.months) await pool.query(`drop table ${found.months}`);
    if (found.jobs && prepared === 'bare') await pool.query('drop schema pgboss cascade');
    else if (found.jobs)
      await pool.query('truncate pgboss.job, pgboss.job_dependency, pgboss.warning, pgboss.queue_stats');
    return true;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
}

async function readOrMakeTemplate(prepared: Prepared): Promise<Uint8Array> {
  const path = join(cache, `${templateName(prepared)}.tar`);
  return keptOrMade(
    `template-${prepared}`,
    () => (existsSync(path) ? readFileSync(path) : null),
    () => makeTemplate(prepared, path),
  );
}

/** Made by the first process that asks, while the others wait for it. `name`: of the folder in the cache that is locked. */
async function keptOrMade<T>(name: string, kept: () => T | null, make: () => Promise<T>): Promise<T> {
  for (;;) {
    const found = kept();
    if (found !== null) return found;
    const turn = await lockFolder(join(cache, name)).catch(inUse);
    if (turn === null) await wait(100);
    else
      try {
        return kept() ?? (await make());
      } finally {
        turn.close();
      }
  }
}

function inUse(error: unknown): null {
  if (error instanceof FolderInUse) return null;
  throw error;
}

async function makeTemplate(prepared: Prepared, path: string): Promise<Uint8Array> {
  const { dataDir } = await import('@electric-sql/pglite-prepopulatedfs');
  const engine = await openEmbedded(null, gunzipSync(await (await dataDir()).arrayBuffer()));
  const rights = poolOf(engine, null);
  for (const role of Object.values(roles)) await rights.query(`create role ${role}`);
  await rights.query(`alter schema public owner to ${roles.owner}`);
  await rights.query(`alter database postgres owner to ${roles.owner}`);
  await rights.end();
  const opened = databaseOn(poolOf(engine, roles.owner), () => engine.close());
  // Closed whatever happens: an engine left open would keep the process of the test for ever.
  const dump = await prepare(opened, prepared)
    .then(() => engine.dump())
    .finally(() => opened.close());
  removeOlder(prepared);
  const draft = join(cache, `template-${prepared}`, 'draft.tar');
  writeFileSync(draft, dump);
  renameSync(draft, path);
  return dump;
}

function removeOlder(prepared: Prepared | 'classes'): void {
  for (const old of readdirSync(cache))
    if (old.startsWith(`template_${prepared}_`)) rmSync(join(cache, old), { recursive: true, force: true });
}
