import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { Random } from '#src/crypto/random.ts';
import { untilThere } from '#src/database/until-there.ts';
import { writeDurably } from '#src/demo/trays/write-durably.ts';
import { type ClassDatabases, embeddedIn, serverMark } from '#src/workshop/databases/class-databases.ts';
import { type Ask, makeTemplate, templateVersion } from '#src/workshop/databases/template.ts';

/** Why the classes of a workshop cannot be on this server; each problem is a line that names the setting. */
class UnfitServer extends Error {
  override readonly name = 'UnfitServer';
}

export interface ServerDatabasesOptions {
  /** Of all classes. */
  readonly folder: string;
  /** Of a database where nothing is written: databases are made and dropped from there. */
  readonly url: string;
  readonly random: Random;
  /** Aborted when the workshop no longer waits for the server. */
  readonly abandoned: AbortSignal;
  /** Called each time that the server does not answer. */
  readonly onAway: (error: unknown) => void;
}

/** Connections that each open class has at most. */
export const connectionsOfClass = 3;
/** For making and dropping databases, and for the administrators of the server. */
const connectionsAside = 5;
const quietMs = 10 * 60_000;

const installationFile = 'installation.json';
const installation = z.object({ installation: z.string().regex(/^[a-f\d]{16}$/) });
const mark = z.object({ database: z.string().regex(/^[a-z\d_]{1,63}$/) });

/**
 * Puts each class in a database of its own on a server, copied from a template. Names are made of a random number of this
 * installation and the id of the class; by them this installation knows what is its own, and never touches anything else.
 */
export async function openServerDatabases(options: ServerDatabasesOptions): Promise<ClassDatabases> {
  const { folder, url, random, abandoned, onAway } = options;
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => {});
  const ask: Ask = async (text, values = []) => (await pool.query<pg.QueryResultRow>(text, [...values])).rows;
  const urlOf = (name: string): string => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  try {
    const mostAwake = await untilThere(() => roomOn(ask), { abandoned, onAway });
    const own = `atelier_${await installationIn(folder, random)}_`;
    const template = `${own}modele_${templateVersion()}`;
    const made = makeTemplate(ask, template, urlOf);
    // The trainer who prepares the first class is told.
    made.catch(() => {});
    return {
      mostAwake,
      quietMs,
      async of(ofClass, id, isNew) {
        const path = join(ofClass, serverMark);
        if (!isNew) {
          if (!existsSync(path)) return embeddedIn(ofClass);
          return {
            kind: 'postgres',
            url: urlOf(mark.parse(JSON.parse(readFileSync(path, 'utf8'))).database),
          };
        }
        await made;
        const name = `${own}${id}`;
        mkdirSync(ofClass, { recursive: true, mode: 0o700 });
        await writeDurably(ofClass, serverMark, Buffer.from(JSON.stringify({ database: name })));
        await ask(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
        return { kind: 'postgres', url: urlOf(name) };
      },
      async sweep() {
        const rows = await ask(
          `select datname from pg_database
           where starts_with(datname, $1) and datdba = (select oid from pg_roles where rolname = current_user)`,
          [own],
        );
        const classes = new Set(readdirSync(folder));
        for (const { datname } of rows) {
          const name = String(datname);
          const rest = name.slice(own.length);
          if (rest.startsWith('modele_') ? name.startsWith(template) : classes.has(rest)) continue;
          await ask(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
        }
      },
      async close() {
        await made.catch(() => {});
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** How many classes may be open at once with the connections that the server has; throws `UnfitServer`. */
async function roomOn(ask: Ask): Promise<number> {
  const [found] = await ask(`
    select rolcreatedb as creates, rolsuper as rules, to_regclass('installation') is not null as taken,
      current_setting('server_version_num')::integer as version,
      current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer as connections
    from pg_roles where rolname = current_user`);
  if (!found || found.rules === true)
    throw new UnfitServer(
      'DATABASE_URL: its role is a superuser, who could reach every other database: name an ordinary role that may create databases ("create role atelier login createdb")',
    );
  if (found.creates !== true)
    throw new UnfitServer(
      'DATABASE_URL: its role may not create databases, and each class needs one of its own: run "alter role … createdb" as an administrator of the server',
    );
  if (found.taken === true)
    throw new UnfitServer(
      'DATABASE_URL: this database is one of an installation with people: name an empty one that nothing else uses ("create database atelier owner atelier")',
    );
  const most = Math.floor((Number(found.connections) - connectionsAside) / connectionsOfClass);
  if (most < 1)
    throw new UnfitServer(
      `DATABASE_URL: the server allows too few connections: each open class needs ${connectionsOfClass}, raise max_connections`,
    );
  return most;
}

/** The number of this installation, made once: another one on the same server has another. */
async function installationIn(folder: string, random: Random): Promise<string> {
  const path = join(folder, installationFile);
  if (existsSync(path)) return installation.parse(JSON.parse(readFileSync(path, 'utf8'))).installation;
  const made = random.bytes(8).toString('hex');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Of a start that was killed in the middle.
  rmSync(`${path}.tmp`, { force: true });
  await writeDurably(folder, installationFile, Buffer.from(JSON.stringify({ installation: made })));
  return made;
}
