import { hash } from 'node:crypto';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { readPlace, seatOf } from '#src/workshop/classroom/seats.ts';

/**
 * What a seat counts as, instead of the address that it shares with a whole room behind one router: an address of its own,
 * of a range that no network uses. Whatever a limit counts (/64, /56 or /48), another seat is another client.
 */
function seatAddress(classId: string, seat: number): string {
  return `fd00:${seat.toString(16)}:${classId.slice(0, 4)}:${classId.slice(4)}::1`;
}

/** The same for a browser that a secret cookie names. */
export function browserAddress(secret: string): string {
  const digest = hash('sha256', secret, 'hex');
  return `fd01:${digest.slice(0, 4)}:${digest.slice(4, 8)}:${digest.slice(8, 12)}::1`;
}

/** The class and the seat that a cookie holds now; null for a cookie that opens none. */
export function seatWith(classes: Pick<Classes, 'find'>, cookie: string) {
  const place = readPlace(cookie);
  const running = place && classes.find(place.classId);
  const seat = running && seatOf(place, running.journal.state());
  return running && seat ? { running, address: seatAddress(running.id, seat.number) } : null;
}
