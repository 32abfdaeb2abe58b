import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { subscriberPart, unnamedClient } from '#src/limits/client-address.ts';
import { openCounts, openSharedCounts, type SharedCounts } from '#src/limits/shared-counts.ts';
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
  /** Shares the counts with the other processes. */
  share(): Promise<void>;
}

interface FloodRule {
  readonly max: number;
  readonly perSeconds: number;
  /** The allowance of all who come without an address of their own, in clients. */
  readonly unnamedShare: number;
}

/**
 * Refuses a client (one IPv4 address, one IPv6 /64) that asks for more than `max` pages in a fixed window, or five times
 * as many files. All who come without an address of their own are one client, with `unnamedShare` times the allowance.
 */
export function openFloodGate(
  db: Kysely<Database>,
  clock: Clock,
  rule: FloodRule,
  nameOf: (client: string) => Buffer,
): FloodGate {
  const counts = openSharedCounts(db, clock, rule.perSeconds, nameOf);
  return { admit: admission(counts, rule), share: () => counts.share() };
}

/** The same for a site that is one process without a database. */
export function openLocalFloodGate(clock: Clock, rule: FloodRule): FloodGate {
  return { admit: admission(openCounts(clock, rule.perSeconds), rule), share: async () => {} };
}

function admission(counts: Pick<SharedCounts, 'add'>, { max, unnamedShare }: FloodRule): FloodGate['admit'] {
  return (ip, kind) => {
    const client = subscriberPart(ip);
    const { total, end } = counts.add(client, costs[kind]);
    const share = client === unnamedClient ? unnamedShare : 1;
    return total > max * costs.page * share ? end : null;
  };
}
