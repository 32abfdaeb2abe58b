import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { subscriberPart, unnamedClient } from '#src/limits/client-address.ts';
import type { Clock } from '#src/time/clock.ts';

/**
 * What a request counts, in fifths of a page. A `file` is answered from memory (stylesheet, script, icons, health,
 * reports of the SMS gateway): a first visit with all its files counts as three pages. A `document` is made when
 * it is asked for (a PDF): it counts as five pages.
 */
const costs = { page: 5, file: 1, document: 25 } as const;
export type RequestKind = keyof typeof costs;

export interface FloodGate {
  /** Counts one request of a client; answers until when the client is refused, or null. */
  admit(ip: string, kind: RequestKind): Date | null;
  /** Writes what was counted here since the last time, and reads what all nodes counted: one statement. */
  share(): Promise<void>;
}

interface Count {
  total: number;
  unshared: number;
}

/**
 * Refuses a client (one IPv4 address, one IPv6 /64) that asks for more than `max` pages in a fixed window, or five times
 * as many files.
 *
 * A request costs no query: each node counts in memory and shares its counts through the database about once
 * a second, so that several nodes hold the same limit to within that second. All who come without an address of their
 * own are one client, with `unnamedShare` times the allowance.
 */
export function openFloodGate(
  db: Kysely<Database>,
  clock: Clock,
  { max, perSeconds, unnamedShare }: { max: number; perSeconds: number; unnamedShare: number },
  nameOf: (client: string) => Buffer,
): FloodGate {
  let window = 0;
  let counts = new Map<string, Count>();

  function currentWindow(): number {
    const now = Math.floor(clock.now().getTime() / 1000 / perSeconds);
    if (now !== window) {
      window = now;
      counts = new Map();
    }
    return window;
  }

  return {
    admit(ip, kind) {
      const end = new Date((currentWindow() + 1) * perSeconds * 1000);
      const client = subscriberPart(ip);
      const count = counts.get(client) ?? { total: 0, unshared: 0 };
      counts.set(client, count);
      count.total += costs[kind];
      count.unshared += costs[kind];
      const share = client === unnamedClient ? unnamedShare : 1;
      return count.total > max * costs.page * share ? end : null;
    },
    async share() {
      const current = currentWindow();
      const shared = [...counts].filter(([, count]) => count.unshared > 0);
      if (shared.length === 0) return;
      const hits = shared.map(([, count]) => count.unshared);
      const names = shared.map(([client]) => nameOf(client));
      for (const [, count] of shared) count.unshared = 0;
      const startedAt = new Date(current * perSeconds * 1000);
      const { rows } = await sql<{ client: Buffer; hits: number }>`
        insert into request_count as known (client, window_start, hits)
        select client, ${startedAt}, hits from unnest(${names}::bytea[], ${hits}::integer[]) as given (client, hits)
        on conflict (client, window_start) do update set hits = known.hits + excluded.hits
        returning client, hits`.execute(db);
      const totals = new Map(rows.map((row) => [row.client.toString('hex'), row.hits]));
      shared.forEach(([, count], i) => {
        const total = totals.get(names[i]?.toString('hex') ?? '');
        if (total !== undefined) count.total = total + count.unshared;
      });
    },
  };
}
