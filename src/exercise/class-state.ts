import type { ClassEvent, ClassPlan, Fault } from '#src/exercise/class-event.ts';
import type { Step } from '#src/exercise/steps.ts';

export interface ClassState {
  readonly plan: ClassPlan;
  readonly phase: 'open' | 'paused' | 'ended';
  readonly preparedAt: Date;
  readonly endedAt: Date | null;
  /** By number, from 1. */
  readonly seats: ReadonlyMap<number, SeatState>;
}

export interface SeatState {
  readonly number: number;
  readonly firstName: string | null;
  /** The fingerprint of the device that acts for the seat; null: nobody sits there yet. */
  readonly device: string | null;
  /** Which person of the seat’s reserve it plays: 0 at first. */
  readonly person: number;
  readonly step: Step;
  readonly since: Date;
  /** The furthest that it has been, with the instant of each first arrival. */
  readonly reached: ReadonlyMap<Step, Date>;
  /** The latest refusal on the present step. */
  readonly refusal: { readonly at: Date; readonly fields: readonly string[]; readonly times: number } | null;
  readonly handSince: Date | null;
  readonly faults: readonly Fault[];
  /** What `put-back-undone` returns to; null once a minute has passed or there is nothing to undo. */
  readonly putBack: { readonly at: Date; readonly before: SeatState } | null;
}

/** A class as its events tell it; throws when the first is not the preparation. */
export function classState(events: Iterable<ClassEvent>): ClassState {
  let state: ClassState | null = null;
  for (const event of events) state = state === null ? begun(event) : after(state, event);
  if (state === null) throw new Error('A class begins with its preparation');
  return state;
}

function begun(event: ClassEvent): ClassState {
  if (event.kind !== 'prepared') throw new Error('A class begins with its preparation');
  const { plan } = event;
  const preparedAt = new Date(event.at);
  const numbers = Array.from({ length: plan.seats }, (_, index) => index + 1);
  const seats = new Map(numbers.map((number) => [number, emptySeat(number, preparedAt)]));
  return { plan, phase: 'open', preparedAt, endedAt: null, seats };
}

function emptySeat(number: number, now: Date): SeatState {
  const nothing = { firstName: null, device: null, refusal: null, handSince: null, putBack: null };
  return { ...nothing, number, person: 0, step: 'start', since: now, reached: new Map(), faults: [] };
}

/** The class after one more event. What names no seat of the class changes nothing. */
export function after(state: ClassState, event: ClassEvent): ClassState {
  const at = new Date(event.at);
  switch (event.kind) {
    case 'prepared':
      return state;
    case 'paused':
      return { ...state, phase: 'paused' };
    case 'resumed':
      return { ...state, phase: 'open' };
    case 'ended':
      return { ...state, phase: 'ended', endedAt: at };
    case 'post-passed':
    case 'clock-moved':
      return state;
    default:
      return { ...state, seats: changedSeats(state.seats, event, at) };
  }
}

type SeatEvent = Extract<ClassEvent, { seat: number | null }>;

function changedSeats(
  seats: ReadonlyMap<number, SeatState>,
  event: SeatEvent,
  at: Date,
): ReadonlyMap<number, SeatState> {
  const concerned = [...seats.values()].filter(({ number }) => event.seat === null || event.seat === number);
  return new Map([
    ...seats,
    ...concerned.map((seat): [number, SeatState] => [seat.number, changedSeat(seat, event, at)]),
  ]);
}

function changedSeat(seat: SeatState, event: SeatEvent, at: Date): SeatState {
  switch (event.kind) {
    case 'seated':
      return { ...seat, firstName: event.firstName, device: event.device };
    case 'reached':
      if (event.step === seat.step) return seat;
      return {
        ...seat,
        step: event.step,
        since: at,
        refusal: null,
        reached: seat.reached.has(event.step) ? seat.reached : new Map([...seat.reached, [event.step, at]]),
      };
    case 'refused':
      return { ...seat, refusal: { at, fields: event.fields, times: (seat.refusal?.times ?? 0) + 1 } };
    case 'hand':
      return { ...seat, handSince: event.raised ? (seat.handSince ?? at) : null };
    case 'fault':
      return { ...seat, faults: [...seat.faults, event.fault] };
    case 'put-back':
      return { ...seat, step: event.to, since: at, refusal: null, putBack: { at, before: seat } };
    case 'put-back-undone':
      return seat.putBack?.before ?? seat;
    case 'given-person':
      return {
        ...emptySeat(seat.number, at),
        firstName: seat.firstName,
        device: seat.device,
        person: event.person,
      };
  }
}
