import type { ClassState, SeatState } from '#src/exercise/class-state.ts';
import { openMs } from '#src/exercise/class-time.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';

/** Where a seat is with one step of the exercise. */
export type Mark = 'done' | 'here' | 'todo';

export interface SeatStanding {
  readonly seat: SeatState;
  /** One for each step of the exercise, in its order. */
  readonly marks: readonly Mark[];
  /** Whether the last step, which is the aim, was reached. */
  readonly isDone: boolean;
  /** On the present step, without breaks and without the time in which the program did not run. */
  readonly minutes: number;
}

/** How far a class is, as its board and its projector say it. */
export interface Standing {
  readonly steps: readonly Step[];
  /** Seats with somebody: raised hands first, the longest first; the others by number. */
  readonly taken: readonly SeatStanding[];
  readonly free: readonly number[];
  readonly done: number;
}

export function standingOf(
  { plan, seats, time }: ClassState,
  scenarios: readonly Pick<Scenario, 'key' | 'steps'>[],
  now: Date,
): Standing {
  const steps = scenarios.find(({ key }) => key === plan.scenario)?.steps ?? [];
  const all = [...seats.values()];
  const taken = all
    .filter(({ device }) => device !== null)
    .map((seat) => seatStanding(seat, steps, Math.floor(openMs(time, seat.since, now) / 60_000)))
    .sort((one, other) => waiting(one) - waiting(other) || one.seat.number - other.seat.number);
  return {
    steps,
    taken,
    free: all.filter(({ device }) => device === null).map(({ number }) => number),
    done: taken.filter(({ isDone }) => isDone).length,
  };
}

function waiting({ seat }: SeatStanding): number {
  return seat.handSince?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function seatStanding(seat: SeatState, steps: readonly Step[], minutes: number): SeatStanding {
  const present = steps.indexOf(seat.step);
  const marks = steps.map((step, index): Mark => {
    if (index === present) return index === steps.length - 1 ? 'done' : 'here';
    return hasDone(seat, step, index < present) ? 'done' : 'todo';
  });
  return { seat, marks, isDone: marks.at(-1) === 'done', minutes };
}

/** A step that was skipped is not done; what a seat reached before it was put back is to be done again. */
function hasDone({ reached, putBack }: SeatState, step: Step, isBefore: boolean): boolean {
  const at = reached.get(step);
  // Everybody begins there, without any news of it.
  if (at === undefined) return step === 'start' && isBefore;
  return isBefore || putBack === null || at > putBack.at;
}
