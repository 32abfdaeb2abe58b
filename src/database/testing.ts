import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { openEmbedded } from '#src/database/embedded.ts';
import { migrate, readMigrations } from '#src/database/migrate.ts';
import { type OpenDatabase, openDatabase } from '#src/database/open.ts';

/**
 * A fresh migrated database for one test file: on the server of TEST_DATABASE_URL when that is set, otherwise
 * on the embedded engine, started from a dump of the migrated database that is made once and cached.
 */
export async function testDatabase(t: Pick<TestContext, 'after'>): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  const opened = server ? await onServer(server) : await inMemory();
  t.after(() => opened.close());
  return opened;
}

async function inMemory(): Promise<OpenDatabase> {
  return openDatabase({ url: null, dataDir: null, poolSize: 1, template: await template() });
}

async function template(): Promise<Uint8Array> {
  const versions = readMigrations().map(({ name, text }) => name + text);
  const cache = join(import.meta.dirname, '../../.cache');
  const file = join(cache, `template-${createHash('sha256').update(versions.join()).digest('hex')}.tar`);
  try {
    return readFileSync(file);
  } catch {
    const embedded = await openEmbedded(null);
    const pool = new pg.Pool({ max: 1, stream: () => embedded.stream() });
    const { Kysely, PostgresDialect } = await import('kysely');
    const db = new Kysely<import('#src/database/tables.ts').Database>({
      dialect: new PostgresDialect({ pool }),
    });
    await migrate(db);
    const dump = await embedded.dump();
    await db.destroy();
    await embedded.close();
    mkdirSync(cache, { recursive: true });
    const own = `${file}.${randomUUID()}`;
    writeFileSync(own, dump);
    renameSync(own, file);
    return dump;
  }
}

async function onServer(server: string): Promise<OpenDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Pool({ connectionString: server, max: 1 });
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await openDatabase({ url: url.href, dataDir: null, poolSize: 10 });
  await migrate(opened.db);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
