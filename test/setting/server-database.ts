import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '#src/database/open.ts';
import {
  oncePrepared,
  type Prepared,
  prepare,
  roles,
  type TestDatabase,
  templateName,
} from './database-preparation.ts';

const templateOf = oncePrepared(makeTemplate);

/** A database of its own on a server, copied from a template that the first test to come has made. */
export async function serverTestDatabase(server: string, prepared: Prepared): Promise<TestDatabase> {
  const { url, ownerUrl, drop } = await createServerDatabase(server, prepared);
  const opened = await openDatabase({ url, dataDir: null, poolSize: 10 });
  return {
    ...opened,
    asOwner: async (run) => {
      const owner = await openDatabase({ url: ownerUrl, dataDir: null, poolSize: 2 });
      return run(owner.db).finally(() => owner.close());
    },
    close: async () => {
      await opened.close();
      await drop();
    },
  };
}

/** Only the addresses of such a database, for a process of its own: as the role that serves, and as its owner. */
export async function createServerDatabase(server: string, prepared: Prepared | 'empty') {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = prepared === 'empty' ? null : await templateOf(prepared, server);
  await onServer(server, async (client) => {
    await createRoles(client);
    const copied = template === null ? '' : ` template ${template}`;
    await client.query(`create database ${name} owner ${roles.owner}${copied}`);
  });
  return {
    url: addressOf(server, name, roles.runtime),
    ownerUrl: addressOf(server, name, roles.owner),
    drop: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function onServer(server: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
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
    const opened = await openDatabase({ url, dataDir: null, poolSize: 2 });
    await prepare(opened, prepared).finally(() => opened.close());
    await client.query(`alter database ${name}_unfinished rename to ${name}`);
  });
  return name;
}
