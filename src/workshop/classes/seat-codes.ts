import type { Random } from '#src/crypto/random.ts';
import { newClassCode } from '#src/exercise/class-code.ts';

/** What a code of a seat is for: one more device of the learner, or another machine instead of theirs. */
export type SeatCodeUse = 'also-here' | 'move';

/** A code with which a seat opens on another device: read from one screen, typed on the other, once. */
export interface SeatCode {
  readonly code: string;
  readonly until: Date;
}

export interface OpenedSeat {
  readonly classId: string;
  readonly seat: number;
  readonly use: SeatCodeUse;
}

/** The codes of seats that are good now, of every class. They are kept in memory alone: after ten minutes none is. */
export interface SeatCodes {
  /** A new code; the one before for the same seat and use is no longer good. */
  give(opens: OpenedSeat, now: Date): SeatCode;
  /** The code that was given last, while it is good. */
  current(opens: OpenedSeat, now: Date): SeatCode | null;
  /** The seat that a code opens, once. */
  take(code: string, now: Date): OpenedSeat | null;
  isGood(code: string, now: Date): boolean;
}

const goodMs = 10 * 60_000;

/** `isTaken`: codes that open something else. */
export function openSeatCodes(random: Random, isTaken: (code: string) => boolean): SeatCodes {
  const given = new Map<string, OpenedSeat & { readonly until: Date }>();
  const good = (now: Date) => {
    for (const [code, { until }] of given) if (until <= now) given.delete(code);
    return given;
  };
  const codeOf = ({ classId, seat, use }: OpenedSeat, now: Date): SeatCode | null => {
    for (const [code, one] of good(now))
      if (one.classId === classId && one.seat === seat && one.use === use) return { code, until: one.until };
    return null;
  };
  return {
    give(opens, now) {
      const before = codeOf(opens, now);
      if (before) given.delete(before.code);
      let code = newClassCode(random);
      while (isTaken(code) || given.has(code)) code = newClassCode(random);
      const until = new Date(now.getTime() + goodMs);
      given.set(code, { ...opens, until });
      return { code, until };
    },
    current: codeOf,
    take(code, now) {
      const found = good(now).get(code);
      given.delete(code);
      // Who has left a seat does not come back with a code of before.
      if (found?.use === 'move')
        for (const [other, one] of given)
          if (one.classId === found.classId && one.seat === found.seat) given.delete(other);
      return found ? { classId: found.classId, seat: found.seat, use: found.use } : null;
    },
    isGood: (code, now) => good(now).has(code),
  };
}
