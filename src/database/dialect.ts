import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { preparedName } from '#src/database/prepared.ts';
import type { Servers } from '#src/database/servers/servers.ts';

/**
 * Kysely’s dialect for PostgreSQL, over a pool whose connections prepare the texts of `prepared` queries. What is not
 * answered within `giveUpMs` has failed (null: it takes as long as it takes). `servers` where there are several.
 */
export class PreparingDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  readonly #giveUpMs: number | null;
  readonly #servers: Servers | null;

  constructor(pool: pg.Pool, giveUpMs: number | null, servers: Servers | null = null) {
    super({ pool });
    this.#pool = pool;
    this.#giveUpMs = giveUpMs;
    this.#servers = servers;
  }

  override createDriver(): Driver {
    return new PoolDriver(this.#pool, this.#giveUpMs, this.#servers);
  }

  override createAdapter(): PostgresAdapter {
    return new PlacingAdapter();
  }
}

/** Knows whether the tables of its database are distributed. */
class PlacingAdapter extends PostgresAdapter {
  isSpread = false;
}

/** Whether the tables are distributed, as `noteSpread` was told: a transaction knows it as its database does. */
export function isSpread<Tables>(db: Kysely<Tables>): boolean {
  const { adapter } = db.getExecutor();
  return adapter instanceof PlacingAdapter && adapter.isSpread;
}

/** Notes, for all that is sent from now on, whether the tables are distributed. */
export function noteSpread<Tables>(db: Kysely<Tables>, isSpread: boolean): void {
  const { adapter } = db.getExecutor();
  if (adapter instanceof PlacingAdapter) adapter.isSpread = isSpread;
}

/**
 * pg has promises and a time limit too. But both set the callback of a query after it is made, and what such a callback
 * holds, the whole request, often survives in the old generation until V8 collects everything.
 */
async function ask(
  client: pg.PoolClient,
  query: pg.QueryConfig,
  giveUpMs: number | null,
): Promise<Partial<pg.QueryResult>> {
  const answer = new Promise<pg.QueryResult>((resolve, reject) => {
    const tooLate = () => reject(new Error('Query read timeout'));
    const timer = giveUpMs === null ? undefined : setTimeout(tooLate, giveUpMs);
    client.query(query, (error, result) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(result);
    });
  });
  try {
    return await answer;
  } catch (error) {
    // The log shows who asked, as it would with pg’s own promise.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

class PoolDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #giveUpMs: number | null;
  readonly #servers: Servers | null;
  readonly #clients = new WeakMap<DatabaseConnection, pg.PoolClient>();
  /** Connections that may still be in a transaction. */
  readonly #spoiled = new WeakSet<DatabaseConnection>();

  constructor(pool: pg.Pool, giveUpMs: number | null, servers: Servers | null) {
    this.#pool = pool;
    this.#giveUpMs = giveUpMs;
    this.#servers = servers;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const client = await (this.#servers?.connect(this.#pool) ?? this.#pool.connect());
    const connection = new PoolConnection(client, this.#giveUpMs);
    this.#clients.set(connection, client);
    return connection;
  }

  async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const isolation = isolationLevel ? ` isolation level ${isolationLevel}` : '';
    const access = accessMode ? ` ${accessMode}` : '';
    await this.#tell(connection, `begin${isolation}${access}`);
  }

  /** PostgreSQL answers a commit with ROLLBACK when a statement of the transaction has failed. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const ended = await this.#tell(connection, 'commit');
    if (ended?.command === 'ROLLBACK') throw new AbortedTransactionError();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#tell(connection, 'rollback');
    } catch (error) {
      this.#spoiled.add(connection);
      throw error;
    }
  }

  async #tell(connection: DatabaseConnection, text: string): Promise<Partial<pg.QueryResult> | null> {
    const client = this.#clients.get(connection);
    return client ? ask(client, { text }, this.#giveUpMs) : null;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#clients.get(connection)?.release(this.#spoiled.has(connection));
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class PoolConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #giveUpMs: number | null;

  constructor(client: pg.PoolClient, giveUpMs: number | null) {
    this.#client = client;
    this.#giveUpMs = giveUpMs;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = preparedName(sql);
    const values = [...parameters];
    const query = name === undefined ? { text: sql, values } : { name, text: sql, values };
    // A migration of several statements has several results, and neither command nor rows.
    const { command, rowCount, rows = [] } = await ask(this.#client, query, this.#giveUpMs);
    return changing.has(command ?? '') ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  /** No query of ours is read row by row. */
  streamQuery(): never {
    throw new Error('Queries are not streamed');
  }
}
