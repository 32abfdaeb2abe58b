import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { preparedName } from '#src/database/prepared.ts';

/** Kysely’s dialect for PostgreSQL, over a pool whose connections prepare the texts of `prepared` queries. */
export class PreparingDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new PoolDriver(this.#pool);
  }
}

class PoolDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #clients = new WeakMap<DatabaseConnection, pg.PoolClient>();
  /** Connections that may still be in a transaction. */
  readonly #spoiled = new WeakSet<DatabaseConnection>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const client = await this.#pool.connect();
    const connection = new PoolConnection(client);
    this.#clients.set(connection, client);
    return connection;
  }

  async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const isolation = isolationLevel ? ` isolation level ${isolationLevel}` : '';
    const access = accessMode ? ` ${accessMode}` : '';
    await this.#clients.get(connection)?.query(`begin${isolation}${access}`);
  }

  /** PostgreSQL answers a commit with ROLLBACK when a statement of the transaction has failed. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const ended = await this.#clients.get(connection)?.query('commit');
    if (ended?.command === 'ROLLBACK') throw new AbortedTransactionError();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#clients.get(connection)?.query('rollback');
    } catch (error) {
      this.#spoiled.add(connection);
      throw error;
    }
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

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = preparedName(sql);
    const values = [...parameters];
    const { command, rowCount, rows } = await this.#client.query(
      name === undefined ? { text: sql, values } : { name, text: sql, values },
    );
    // A migration of several statements has several results, and no command.
    return changing.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows ?? [] };
  }

  /** No query of ours is read row by row. */
  streamQuery(): never {
    throw new Error('Queries are not streamed');
  }
}
