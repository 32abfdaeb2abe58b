import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type OpenDatabase, openDatabase } from '#src/database/open.ts';
import { type Prepared, prepare, templateName } from '#src/database/testing-preparation.ts';

const templates = new Map<Prepared, Promise<string>>();

/** A database of its own on a server, copied from a template that the first test to come has made. */
export async function serverTestDatabase(server: string, prepared: Prepared): Promise<OpenDatabase> {
  const { url, drop } = await createServerDatabase(server, prepared);
  const opened = await openDatabase({ url, dataDir: null, poolSize: 10 });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await drop();
    },
  };
}

/** Only the address of such a database, for a process of its own. */
export async function createServerDatabase(server: string, prepared: Prepared | 'empty') {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  if (prepared === 'empty') await onServer(server, `create database ${name}`);
  else await onServer(server, `create database ${name} template ${await template(server, prepared)}`);
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function template(server: string, prepared: Prepared): Promise<string> {
  const known = templates.get(prepared) ?? makeTemplate(server, prepared);
  templates.set(prepared, known);
  return known;
}

/** Several processes that start at once take turns; a template that is there is whole. */
async function makeTemplate(server: string, prepared: Prepared): Promise<string> {
  const name = templateName(prepared);
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(20260302)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return name;
    await client.query(`drop database if exists ${name}_unfinished with (force)`);
    await client.query(`create database ${name}_unfinished`);
    const opened = await openDatabase({
      url: databaseUrl(server, `${name}_unfinished`),
      dataDir: null,
      poolSize: 2,
    });
    await prepare(opened, prepared).finally(() => opened.close());
    await client.query(`alter database ${name}_unfinished rename to ${name}`);
    return name;
  } finally {
    await client.end();
  }
}
