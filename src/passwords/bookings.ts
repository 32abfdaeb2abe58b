/** Passwords that somebody who begins an enrolment needs the lanes for: the one they choose, and their first sign-in. */
export const passwordsOfEnrolment = 2;

/** The time of the lanes that is booked for people who have begun an enrolment and have not chosen a password yet. */
export interface Bookings {
  /** Somebody begins, while one hash takes the lanes `hashMs`. */
  add(hashMs: number): void;
  /** Milliseconds that the lanes would need for what is booked, if all of it were asked for now. */
  leftMs(): number;
}

/**
 * Foresees what the queue does not show yet: people ask for hashes seconds or minutes after they have begun. Without it,
 * everybody who arrives before the first of them would be let in, and would wait long or be refused at the end.
 *
 * Each person who begins books the lanes for as long as their passwords take, one after the other, and time works the bookings
 * off. It does not matter when people come: the pace at which they begin is the pace at which they will ask for hashes.
 *
 * No more than `atMostMs` are booked: one visitor who begins again and again while the lanes are free would otherwise
 * keep everybody else out for minutes.
 */
export function openBookings(now: () => number, atMostMs: number): Bookings {
  let bookedUntil = Number.NEGATIVE_INFINITY;
  return {
    add(hashMs) {
      const at = now();
      bookedUntil = Math.min(Math.max(bookedUntil, at) + passwordsOfEnrolment * hashMs, at + atMostMs);
    },
    leftMs: () => Math.max(0, bookedUntil - now()),
  };
}
