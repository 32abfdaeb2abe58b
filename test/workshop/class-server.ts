import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';
import { type Closing, server } from '../setting/database.ts';
import { bySocket } from '../setting/server-database.ts';

/** A role of its own, as an administrator would make it, and a database of it in which nothing is. */
export async function ownRole(t: Closing, rights: string) {
  const name = `atelier_test_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: bySocket(server ?? '') });
  await admin.connect();
  const password = admin.password ? ` password ${admin.escapeLiteral(admin.password)}` : '';
  await admin.query(`create role ${name} login ${rights}${password}`);
  await admin.query(`create database ${name} owner ${name} strategy file_copy`);
  const databases = async (): Promise<readonly string[]> => {
    const { rows } = await admin.query<{ datname: string }>(
      `select datname from pg_database join pg_roles on pg_roles.oid = datdba
       where rolname = $1 and datname <> $1 and not starts_with(datname, 'autre') and datname !~ 'modele' order by datname`,
      [name],
    );
    return rows.map(({ datname }) => datname);
  };
  t.after(async () => {
    const { rows } = await admin.query<{ datname: string }>(
      'select datname from pg_database join pg_roles on pg_roles.oid = datdba where rolname = $1',
      [name],
    );
    for (const { datname } of rows) await admin.query(`drop database "${datname}" with (force)`);
    await admin.query(`drop role ${name}`);
    await admin.end();
  });
  const url = new URL(bySocket(server ?? ''));
  url.username = name;
  url.pathname = `/${name}`;
  return { name, admin, databases, url: url.href };
}

/** What a workshop needs to have its classes on the server of the tests, or null: there is none. */
export interface ClassServer {
  readonly url: string;
  /** By this number a workshop knows its databases again: the next one finds the template, and drops the classes left. */
  readonly installation: string;
}

const idle: ClassServer[] = [];
const closers: (() => Promise<unknown>)[] = [];

/** One that a room of this process has left, or a new one: making the template takes a second. */
export async function classServer(t: Closing): Promise<ClassServer | null> {
  if (server === null) return null;
  const mine = idle.pop() ?? (await newServer());
  t.after(async () => idle.push(mine));
  return mine;
}

async function newServer(): Promise<ClassServer> {
  const { url } = await ownRole({ after: (close) => closers.push(close) }, 'createdb');
  return { url, installation: randomBytes(8).toString('hex') };
}

after(async () => {
  for (const close of closers) await close();
});
