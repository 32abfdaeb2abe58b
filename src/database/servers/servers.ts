import pg from 'pg';

/** Connections to whichever server of a database takes writes. */
export interface Servers {
  /** For the pool that `connect` is given. */
  readonly options: Pick<pg.PoolConfig, 'Client' | 'onConnect'>;
  /** A connection that may write; when no server gives one, throws why not of each, under the code of the last. */
  connect(pool: pg.Pool): Promise<pg.PoolClient>;
}

interface Failure {
  readonly address: string;
  readonly error: Error;
}

/** How long a server may take to say whether it takes writes. */
const answerMs = 1_000;

/**
 * Asks the server that was right the last time; when it is away, or only reads (a standby), the next one of the list.
 * The driver knows one server only.
 */
export function openServers(addresses: readonly string[]): Servers {
  let current = 0;

  class ServerClient extends pg.Client {
    constructor(options: pg.ClientConfig = {}) {
      super({ ...options, connectionString: addresses[current] });
    }
  }

  return {
    options: { Client: ServerClient, onConnect: refuseReader },
    async connect(pool) {
      const failures: Failure[] = [];
      for (;;) {
        const asked = current;
        try {
          return await pool.connect();
        } catch (error) {
          if (!(error instanceof Error) || isOwnLimit(error)) throw error;
          failures.push({ address: addresses[asked] ?? '', error });
          if (failures.length === addresses.length) throw ofAll(failures);
          // Others may have gone on meanwhile.
          if (current === asked) current = (asked + 1) % addresses.length;
        }
      }
    },
  };
}

async function refuseReader(client: pg.ClientBase): Promise<void> {
  const asked = { text: 'show transaction_read_only', query_timeout: answerMs };
  const { rows } = await client.query<{ transaction_read_only: string }>(asked);
  if (rows[0]?.transaction_read_only === 'on')
    throw Object.assign(new Error('This server takes no writes'), { code: '25006' });
}

/** Why each server gave no connection, with its name: a standby's answer, or that to a certificate, names none. */
function ofAll(failures: readonly Failure[]): Error {
  const told = failures.map(
    ({ address, error }) => `${new URL(address).host}: ${error.message || codeOf(error)}`,
  );
  const errors = failures.map(({ error }) => error);
  return Object.assign(new AggregateError(errors, told.join('; ')), { code: codeOf(errors.at(-1)) });
}

function codeOf(error: Error | undefined): unknown {
  return error && 'code' in error ? error.code : undefined;
}

/** All connections that we may have are in use: that says nothing about the server. */
function isOwnLimit(error: unknown): boolean {
  return error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message);
}
