import { Kysely, type LogEvent } from 'kysely';
import pg from 'pg';
import { PreparingDialect } from '#src/database/dialect.ts';
import { openEmbedded } from '#src/database/embedded.ts';
import { addressesOf } from '#src/database/servers/addresses.ts';
import { openServers, type Servers } from '#src/database/servers/servers.ts';
import type { Database } from '#src/database/tables.ts';

/** An open database. What is asked of `pool` itself is waited for without end: only tests do that. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Hears of the text of a statement, never of its values. */
export type OnStatement = (text: string, ms: number, error: unknown) => void;

export interface DatabaseSettings {
  /** `postgres://…`, of one server or several; null for the embedded database in `dataDir` (null: in memory). */
  readonly url: string | null;
  readonly dataDir: string | null;
  readonly poolSize: number;
  /** `pages`: nobody waits long for an answer; `commands`: what runs as long as it takes. */
  readonly patience?: 'pages' | 'commands';
  /** Called after each statement, with its text and how long it took; null by default. */
  readonly onStatement?: OnStatement | null;
  /** A dumped data folder to start an in-memory database from (tests). */
  readonly template?: Uint8Array;
}

/** Longer than any query of a page: it answers 503 rather than wait (PGlite ignores it). */
const statementTimeout = 2_500;

/**
 * When a server that gives no sign any more is given up, the connection with it: it may be cut off and not know. Longer
 * than the server itself would take to refuse.
 */
const giveUpAfter = { pages: statementTimeout + 1_000, commands: 3_600_000 };

/** `onLost` is called for each idle connection that was cut. */
export async function openDatabase(
  settings: DatabaseSettings,
  onLost: (error: Error) => void = () => {},
): Promise<OpenDatabase> {
  if (settings.url !== null) {
    const addresses = addressesOf(settings.url);
    const servers = addresses.length > 1 ? openServers(addresses) : null;
    const pool = new pg.Pool({
      ...(servers?.options ?? { connectionString: settings.url }),
      max: settings.poolSize,
      connectionTimeoutMillis: 1_000,
      idle_in_transaction_session_timeout: 10_000,
      statement_timeout: statementTimeout,
      keepAlive: true,
      application_name: 'compte-assure',
    });
    const giveUpMs = giveUpAfter[settings.patience ?? 'pages'];
    return databaseOn(pool, async () => {}, onLost, giveUpMs, servers, settings.onStatement);
  }
  const embedded = await openEmbedded(settings.dataDir, settings.template);
  const pool = new pg.Pool({ max: 1, stream: () => embedded.stream(), connectionTimeoutMillis: 120_000 });
  return databaseOn(pool, () => embedded.close(), onLost, null, null, settings.onStatement);
}

/** `closeEngine` is called once, after the last query; `giveUpMs` as `PreparingDialect` has it. */
export function databaseOn(
  pool: pg.Pool,
  closeEngine: () => Promise<void>,
  onLost: (error: Error) => void = () => {},
  giveUpMs: number | null = null,
  servers: Servers | null = null,
  onStatement: OnStatement | null = null,
): OpenDatabase {
  // A connection that the server cuts, idle or between two statements of a transaction, is replaced at the next
  // query; without listeners it would crash us. The caller gets the error with its query.
  pool.on('error', (error) => onLost(error));
  pool.on('connect', (client) => {
    client.on('error', () => {});
    // A civil day stays `yyyy-mm-dd`: the driver would make an instant of it, in the time zone of the machine.
    client.setTypeParser(pg.types.builtins.DATE, (day) => day);
  });
  // One that still waits for an answer when it is given back was given up: nobody else may get it.
  pool.on('release', (_error, client) => {
    if (Reflect.get(client, '_activeQuery')) Promise.resolve(client.end()).catch(() => {});
  });
  const db = new Kysely<Database>({
    dialect: new PreparingDialect(pool, giveUpMs, servers),
    ...(onStatement ? { log: telling(onStatement) } : {}),
  });
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await db.destroy();
    // Kysely only ends a pool that it has used.
    if (!pool.ended) await pool.end();
    await closeEngine();
  };
  return {
    db,
    pool,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function telling(onStatement: OnStatement) {
  return (event: LogEvent): void =>
    onStatement(event.query.sql, event.queryDurationMillis, event.level === 'error' ? event.error : null);
}
