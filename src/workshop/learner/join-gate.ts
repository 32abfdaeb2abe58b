import { subscriberPart } from '#src/limits/client-address.ts';

/** Closes to a client, or to all, that type codes of no class: each try could be a guess. */
export interface JoinGate {
  isClosed(ip: string, now: Date): boolean;
  failed(ip: string, now: Date): void;
  /** A class is in a room there: a trainer works at this address, or somebody has joined from it. */
  noteRoom(ip: string, now: Date): void;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * A whole class shares one address behind a box: thirty people who mistype once each are no attack. All together guess
 * 1,200 times an hour at most: with thirty classes open among six million codes, they find one in a week, and in it a free
 * seat of somebody invented. What all have used up does not close a room, which has its own allowance.
 */
const windows = [
  { ms: minuteMs, client: 30, all: 120 },
  { ms: hourMs, client: 120, all: 1_200 },
];

const roomMs = 12 * hourMs;
const mostRooms = 2_000;

export function openJoinGate(): JoinGate {
  let failures: readonly { readonly client: string; readonly at: number }[] = [];
  const rooms = new Map<string, number>();
  return {
    isClosed(ip, now) {
      const ms = now.getTime();
      const client = subscriberPart(ip);
      const isRoom = (rooms.get(client) ?? Number.NEGATIVE_INFINITY) > ms - roomMs;
      failures = failures.filter(({ at }) => at > ms - hourMs);
      return windows.some((window) => {
        const lately = failures.filter(({ at }) => at > ms - window.ms);
        const own = lately.filter((one) => one.client === client).length;
        return own >= window.client || (!isRoom && lately.length >= window.all);
      });
    },
    failed(ip, now) {
      failures = [...failures, { client: subscriberPart(ip), at: now.getTime() }];
    },
    noteRoom(ip, now) {
      const client = subscriberPart(ip);
      // Set anew: the first of the map is the one that was seen longest ago.
      rooms.delete(client);
      rooms.set(client, now.getTime());
      const [oldest] = rooms.keys();
      if (rooms.size > mostRooms && oldest !== undefined) rooms.delete(oldest);
    },
  };
}
