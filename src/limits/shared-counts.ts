import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { Clock } from '#src/time/clock.ts';

/** Hits by name in a fixed window, of all processes together. */
export interface SharedCounts {
  /** Adds hits of a name; answers how many there are in this window, as far as known here, and when it ends. */
  add(name: string, hits: number): { readonly total: number; readonly end: Date };
  /** Writes what was counted here since the last time, and reads what all processes counted: one statement. */
  share(): Promise<void>;
}

interface Count {
  total: number;
  unshared: number;
}

/** Hits by name in a fixed window, of this process alone. */
export function openCounts(clock: Clock, perSeconds: number) {
  let window = 0;
  let counts = new Map<string, Count>();

  function current(): { readonly window: number; readonly counts: ReadonlyMap<string, Count> } {
    const now = Math.floor(clock.now().getTime() / 1000 / perSeconds);
    if (now !== window) {
      window = now;
      counts = new Map();
    }
    return { window, counts };
  }

  return {
    current,
    add(name: string, hits: number): { readonly total: number; readonly end: Date } {
      const end = new Date((current().window + 1) * perSeconds * 1000);
      const count = counts.get(name) ?? { total: 0, unshared: 0 };
      counts.set(name, count);
      count.total += hits;
      count.unshared += hits;
      return { total: count.total, end };
    },
  };
}

/**
 * A hit costs no query: each process counts in memory and shares its counts through the database about once a second, so
 * that several of them hold the same limit to within that second. `nameOf`: what a name is stored as.
 */
export function openSharedCounts(
  db: Kysely<Database>,
  clock: Clock,
  perSeconds: number,
  nameOf: (name: string) => Buffer,
): SharedCounts {
  const { add, current } = openCounts(clock, perSeconds);
  return {
    add,
    async share() {
      const { window, counts } = current();
      const shared = [...counts].filter(([, count]) => count.unshared > 0);
      if (shared.length === 0) return;
      const hits = shared.map(([, count]) => count.unshared);
      const names = shared.map(([name]) => nameOf(name));
      for (const [, count] of shared) count.unshared = 0;
      const startedAt = new Date(window * perSeconds * 1000);
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
