import pg from 'pg';

/** Connections to whichever server of a database takes writes. */
export interface Servers {
  /** For the pool that `connect` is given. */
  readonly options: Pick<pg.PoolConfig, 'Client' | 'onConnect'>;
  /** A connection that may write; throws the last failure when no server gives one. */
  connect(pool: pg.Pool): Promise<pg.PoolClient>;
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
      for (let left = addresses.length - 1; ; left -= 1) {
        const asked = current;
        try {
          return await pool.connect();
        } catch (error) {
          if (left === 0 || isOwnLimit(error)) throw error;
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

/** All connections that we may have are in use: that says nothing about the server. */
function isOwnLimit(error: unknown): boolean {
  return error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message);
}
