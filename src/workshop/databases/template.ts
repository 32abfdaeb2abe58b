import { hash } from 'node:crypto';
import pg from 'pg';
import { fillReference } from '#src/caisses/load.ts';
import { shippedAreas, shippedCaisses } from '#src/caisses/reference.ts';
import { readMigrations } from '#src/database/migrate.ts';
import { openDatabase } from '#src/database/open.ts';
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
  const opened = await openDatabase(settings);
  try {
    await prepareDatabase(opened.db, null);
    await fillReference(opened.db);
  } finally {
    await opened.close();
  }
  await ask(`alter database ${pg.escapeIdentifier(unfinished)} allow_connections false`);
  await ask(`alter database ${pg.escapeIdentifier(unfinished)} rename to ${pg.escapeIdentifier(name)}`);
}
