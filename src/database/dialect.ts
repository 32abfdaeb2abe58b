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
import {
  type Answer,
  type OnAnswer,
  preparedName,
  type Repeated,
  RepeatedQuery,
  type Sent,
  sent,
} from '#src/database/prepared.ts';
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

class PoolDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #giveUpMs: number | null;
  readonly #servers: Servers | null;
  readonly #connections = new WeakMap<pg.PoolClient, PoolConnection>();
  /** Connections that may still be in a transaction. */
  readonly #spoiled = new WeakSet<PoolConnection>();

  constructor(pool: pg.Pool, giveUpMs: number | null, servers: Servers | null) {
    this.#pool = pool;
    this.#giveUpMs = giveUpMs;
    this.#servers = servers;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    const client = await (this.#servers?.connect(this.#pool) ?? this.#pool.connect());
    const known = this.#connections.get(client);
    if (known) return known;
    const connection = new PoolConnection(client, this.#giveUpMs);
    this.#connections.set(client, connection);
    return connection;
  }

  async beginTransaction(
    connection: PoolConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const isolation = isolationLevel ? ` isolation level ${isolationLevel}` : '';
    const access = accessMode ? ` ${accessMode}` : '';
    await connection.tell({ text: `begin${isolation}${access}` });
  }

  /** PostgreSQL answers a commit with ROLLBACK when a statement of the transaction has failed. */
  async commitTransaction(connection: PoolConnection): Promise<void> {
    const ended = await connection.tell({ text: 'commit' });
    if (ended.command === 'ROLLBACK') throw new AbortedTransactionError();
  }

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    try {
      await connection.tell({ text: 'rollback' });
    } catch (error) {
      this.#spoiled.add(connection);
      throw error;
    }
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.client.release(this.#spoiled.has(connection));
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

interface Column {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

/**
 * A connection of the pool, which prepares the texts of `prepared` queries: the first time the driver does all of it and
 * says which columns there are, from then on the text is repeated. What is not answered within `giveUpMs` has failed
 * (null: it takes as long as it takes).
 */
class PoolConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  readonly #giveUpMs: number | null;
  /** The columns of each text that it has prepared, by the name of the text. */
  readonly #columns = new Map<string, readonly Column[]>();

  constructor(client: pg.PoolClient, giveUpMs: number | null) {
    this.client = client;
    this.#giveUpMs = giveUpMs;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = preparedName(sql);
    if (name === undefined) return resultOf(await this.tell({ text: sql, values: [...parameters] }));
    const columns = this.#columns.get(name);
    const values = columns && allSent(parameters);
    if (columns && values) return readAnswer(await this.#repeat({ name, text: sql }, values), columns);
    const result = await this.tell({ name, text: sql, values: [...parameters] });
    if (!columns) this.#columns.set(name, this.#columnsOf(result));
    return resultOf(result);
  }

  /** No query of ours is read row by row. */
  streamQuery(): never {
    throw new Error('Queries are not streamed');
  }

  /** Has the driver do all of it. */
  tell(query: pg.QueryConfig): Promise<Partial<pg.QueryResult>> {
    return this.#within((resolve, reject) => {
      this.client.query(query, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }

  #repeat(repeated: Repeated, values: Sent[]): Promise<Answer> {
    return this.#within((resolve, reject) => {
      const onAnswer: OnAnswer = (error, answer) => (error ? reject(error) : resolve(answer));
      this.client.query(new RepeatedQuery(repeated, values, onAnswer));
    });
  }

  /**
   * pg has promises and a time limit too. But both set the callback of a query after it is made, and what such a callback
   * holds, the whole request, often survives in the old generation until V8 collects everything.
   */
  async #within<T>(ask: (resolve: (answer: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        if (this.#giveUpMs !== null)
          timer = setTimeout(() => reject(new Error('Query read timeout')), this.#giveUpMs);
        ask(resolve, reject);
      });
    } catch (error) {
      // The log shows who asked, as it would with pg’s own promise.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #columnsOf({ fields = [] }: Partial<pg.QueryResult>): readonly Column[] {
    return fields.map(({ name, dataTypeID }) => ({
      name,
      read: this.client.getTypeParser(dataTypeID, 'text'),
    }));
  }
}

/** A migration of several statements has several results, and neither command nor rows. */
function resultOf<Row>({ command, rowCount, rows = [] }: Partial<pg.QueryResult>): QueryResult<Row> {
  return changing.has(command ?? '') ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
}

function readAnswer<Row>({ completed, rows: read }: Answer, columns: readonly Column[]): QueryResult<Row> {
  const rows: pg.QueryResult['rows'] = read.map((values) => rowOf(values, columns));
  const [command = '', ...counts] = completed.split(' ');
  return changing.has(command) ? { rows, numAffectedRows: BigInt(counts.at(-1) ?? 0) } : { rows };
}

function rowOf(values: readonly (string | null)[], columns: readonly Column[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, { name, read }] of columns.entries()) {
    const value = values[index] ?? null;
    row[name] = value === null ? null : read(value);
  }
  return row;
}

/** The values as they are sent; null when one of them is for the driver to write. */
function allSent(parameters: readonly unknown[]): Sent[] | null {
  const values: Sent[] = [];
  for (const parameter of parameters) {
    const value = sent(parameter);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}
