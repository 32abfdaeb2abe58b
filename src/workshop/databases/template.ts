import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import pg from 'pg';
import { fillReference } from '#src/caisses/load.ts';
import { shippedAreas, shippedCaisses } from '#src/caisses/reference.ts';
import { readMigrations } from '#src/database/migrate.ts';
import { type DatabaseSettings, openDatabase } from '#src/database/open.ts';
import { prepareDatabase } from '#src/installation/prepare.ts';
import { programVersion } from '#src/operations/version.ts';

/** Runs one statement on the server, outside any transaction. */
export type Ask = (text: string, values?: readonly string[]) => Promise<readonly pg.QueryResultRow[]>;

/** Changes with everything that a new class finds in its database. */
export function templateVersion(): string {
  const migrations = readMigrations().map(({ name, text }) => name + text);
  const content = [programVersion(), ...migrations, JSON.stringify([shippedCaisses, shippedAreas()])];
  return hash('sha256', content.join('\0')).slice(0, 12);
}

/**
 * Makes the template, unless it is there: a database with the tables and the caisses, and nothing else. It takes its name
 * once it is whole. Nobody connects to it, or it could not be copied.
 */
export async function makeTemplate(ask: Ask, name: string, urlOf: (name: string) => string): Promise<void> {
  if ((await ask('select from pg_database where datname = $1', [name])).length > 0) return;
  const unfinished = `${name}_unfinished`;
  await ask(`drop database if exists ${pg.escapeIdentifier(unfinished)} with (force)`);
  await ask(`create database ${pg.escapeIdentifier(unfinished)} template template0 encoding 'UTF8'`);
  const settings = { url: urlOf(unfinished), dataDir: null, poolSize: 2, patience: 'commands' } as const;
  await fill(settings);
  await ask(`alter database ${pg.escapeIdentifier(unfinished)} allow_connections false`);
  await ask(`alter database ${pg.escapeIdentifier(unfinished)} rename to ${pg.escapeIdentifier(name)}`);
}

/** The same as the folder of an embedded database that nobody has open, which takes its name once it is whole. */
export async function makeTemplateFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  const unfinished = `${path}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  await fill({ url: null, dataDir: unfinished, poolSize: 1 });
  await rename(unfinished, path);
}

async function fill(settings: DatabaseSettings): Promise<void> {
  const { db, close } = await openDatabase(settings);
  try {
    await prepareDatabase(db, null);
    await fillReference(db);
  } finally {
    await close();
  }
}
