import { hash } from 'node:crypto';
import type { ClassState, SeatState } from '#src/exercise/class-state.ts';
import type { Roster, SeatPerson } from '#src/workshop/classroom/roster.ts';

/** The cookie that says which seat of which class a browser is: a class, a dot, and a secret of the device. */
export interface Place {
  readonly classId: string;
  readonly secret: string;
}

/** A cookie in its parts; null for anything else. */
export function readPlace(cookie: string): Place | null {
  const found = /^([a-z\d]{8})\.([\w-]{22})$/.exec(cookie);
  const [, classId, secret] = found ?? [];
  return classId !== undefined && secret !== undefined ? { classId, secret } : null;
}

/** What the journal keeps of a device’s secret. */
export function deviceOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** A seat, and the person that it plays now. */
export interface Seated {
  readonly seat: SeatState;
  readonly plays: SeatPerson;
}

/** The seat of a device; null for a device that has none, or that another has replaced. */
export function seatOf({ secret }: Place, { seats }: ClassState): SeatState | null {
  const device = deviceOf(secret);
  const isTheirs = (one: SeatState) => one.device === device || one.otherDevices.includes(device);
  return [...seats.values()].find(isTheirs) ?? null;
}

/** Whose seat a cookie is; null for anybody else. */
export function seatedWith(cookie: string | null, state: ClassState, roster: Roster): Seated | null {
  const place = cookie === null ? null : readPlace(cookie);
  const seat = place && seatOf(place, state);
  const plays = seat && roster.get(seat.number)?.[seat.person];
  return seat && plays ? { seat, plays } : null;
}
