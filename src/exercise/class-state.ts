import type { ClassEvent, ClassPlan, Fault, Place } from '#src/exercise/class-event.ts';
import { type ClassTime, timeAfter, timeFrom } from '#src/exercise/class-time.ts';
import { type Step, steps } from '#src/exercise/steps.ts';

export interface ClassState {
  readonly plan: ClassPlan;
  /** The trainer whose class it is; null on a laptop. */
  readonly owner: string | null;
  readonly phase: 'open' | 'paused' | 'ended';
  readonly preparedAt: Date;
  readonly endedAt: Date | null;
  /** When it was at work. */
  readonly time: ClassTime;
  /** The step whose page the projector shows; null: it says how to join. */
  readonly shown: Step | null;
  /** By number, from 1. */
  readonly seats: ReadonlyMap<number, SeatState>;
}

/** With one more, the first of them is no longer the seat’s. */
const mostOtherDevices = 3;

export interface SeatState {
  readonly number: number;
  readonly firstName: string | null;
  /** The fingerprint of the device that acts for the seat; null: nobody sits there yet. */
  readonly device: string | null;
  /** The fingerprints of its other devices, as of a telephone beside the computer. */
  readonly otherDevices: readonly string[];
  /** Which person of the seat’s reserve it plays: 0 at first. */
  readonly person: number;
  readonly step: Step;
  readonly since: Date;
  /** The furthest that it has been, with the instant of each first arrival. */
  readonly reached: ReadonlyMap<Step, Date>;
  /** The latest refusal on the present step. */
  readonly refusal: { readonly at: Date; readonly fields: readonly string[]; readonly times: number } | null;
  readonly handSince: Date | null;
  /** What goes wrong now. */
  readonly faults: readonly Fault[];
  /** What of that its learner has come up against. */
  readonly met: readonly Fault[];
  /** What went wrong, and was dealt with rightly. */
  readonly dealt: readonly Fault[];
  /** What of that its learner has not read yet why it was right. */
  readonly unread: readonly Fault[];
  /** What its person was when it came to each step; `outdated`: it has been put back before that step since. */
  readonly kept: ReadonlyMap<Step, Kept>;
  /** What its browsers are to be given, those that do not have it yet; null: nothing. */
  readonly place: Place | null;
  /** Its person has the password of the class, not one of the learner’s. */
  readonly passwordGiven: boolean;
  /** What `put-back-undone` returns to, and what its person was then; null when there is nothing to undo. */
  readonly putBack: { readonly at: Date; readonly before: SeatState; readonly kept: string } | null;
}

export interface Kept {
  readonly id: string;
  readonly outdated: boolean;
  readonly passwordGiven: boolean;
}

const undoSeconds = 60;

/** The latest putting back of a seat that may still be undone: for a minute. */
export function undoable({ putBack }: Pick<SeatState, 'putBack'>, now: Date): SeatState['putBack'] {
  return putBack && now.getTime() - putBack.at.getTime() < undoSeconds * 1_000 ? putBack : null;
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
  const { plan, owner = null } = event;
  const preparedAt = new Date(event.at);
  const numbers = Array.from({ length: plan.seats }, (_, index) => index + 1);
  const seats = new Map(numbers.map((number) => [number, emptySeat(number, preparedAt)]));
  const time = timeFrom(preparedAt);
  return { plan, owner, phase: 'open', preparedAt, endedAt: null, time, shown: null, seats };
}

const noFaults = { faults: [], met: [], dealt: [], unread: [] } as const;

/** A seat at which nobody has sat yet. */
export function emptySeat(number: number, now: Date): SeatState {
  const nothing = {
    firstName: null,
    device: null,
    refusal: null,
    handSince: null,
    putBack: null,
    place: null,
  };
  const begun = { person: 0, step: 'start', since: now, reached: new Map(), kept: new Map() } as const;
  return { ...nothing, ...begun, number, otherDevices: [], ...noFaults, passwordGiven: false };
}

/** The class after one more event. What names no seat of the class changes nothing. */
export function after(before: ClassState, event: ClassEvent): ClassState {
  const at = new Date(event.at);
  const state = { ...before, time: timeAfter(before.time, event) };
  switch (event.kind) {
    case 'prepared':
      return state;
    case 'shown':
      return { ...state, shown: event.step };
    case 'paused':
      return { ...state, phase: 'paused' };
    case 'resumed':
      return { ...state, phase: 'open' };
    case 'ended':
      return { ...state, phase: 'ended', endedAt: at };
    case 'reopened':
      return { ...state, phase: 'open', endedAt: null };
    case 'post-passed':
    case 'clock-moved':
    case 'away':
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
      return {
        ...seat,
        firstName: event.firstName,
        device: event.device,
        otherDevices: [],
        place: placeAfterMove(seat, event.device),
      };
    case 'device-added':
      return { ...seat, otherDevices: [...seat.otherDevices.slice(1 - mostOtherDevices), event.device] };
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
      return {
        ...seat,
        faults: [...without(seat.faults, event.fault), event.fault],
        met: without(seat.met, event.fault),
        dealt: without(seat.dealt, event.fault),
        unread: without(seat.unread, event.fault),
      };
    case 'fault-met':
      if (!seat.faults.includes(event.fault)) return seat;
      return { ...seat, met: [...without(seat.met, event.fault), event.fault] };
    case 'praise-read':
      return { ...seat, unread: without(seat.unread, event.fault) };
    case 'fault-dealt': {
      if (!seat.faults.includes(event.fault)) return seat;
      const dealt = [...without(seat.dealt, event.fault), event.fault];
      const unread = [...without(seat.unread, event.fault), event.fault];
      return { ...seat, faults: without(seat.faults, event.fault), dealt, unread };
    }
    case 'kept': {
      const { passwordGiven } = seat;
      return {
        ...seat,
        kept: new Map([...seat.kept, [event.step, { id: event.id, outdated: false, passwordGiven }]]),
      };
    }
    case 'put-back':
      return {
        ...seat,
        step: event.to,
        since: at,
        refusal: null,
        reached: seat.reached.has(event.to) ? seat.reached : new Map([...seat.reached, [event.to, at]]),
        kept: outdatedAfter(seat.kept, event.to),
        place: event.place,
        passwordGiven: event.passwordGiven,
        putBack: { at, before: { ...seat, putBack: null }, kept: event.undo },
      };
    case 'put-back-undone': {
      // Who sits there, their hand and what goes wrong are of now.
      const { firstName, device, otherDevices, handSince, faults, met, dealt, unread } = seat;
      const before = seat.putBack?.before ?? seat;
      const kept = { firstName, device, otherDevices, handSince, faults, met, dealt, unread };
      return { ...before, ...kept, place: event.place };
    }
    case 'given-person': {
      const { firstName, device, otherDevices, handSince } = seat;
      const { person, place } = event;
      const kept = { firstName, device, otherDevices, handSince };
      return { ...emptySeat(seat.number, at), ...kept, person, place };
    }
    case 'own-password':
      return { ...seat, passwordGiven: false };
  }
}

/** Another device goes on with the session that the one before had. */
function placeAfterMove({ device: before, place }: SeatState, device: string): Place | null {
  return before === null || before === device
    ? place
    : { id: device.slice(0, 16), session: { kind: 'latest' } };
}

/** What was kept at later steps still serves, until the learner comes there again. */
function outdatedAfter(kept: SeatState['kept'], to: Step): SeatState['kept'] {
  const isLater = (step: Step) => steps.indexOf(step) > steps.indexOf(to);
  return new Map(
    [...kept].map(([step, one]): [Step, Kept] => [step, isLater(step) ? { ...one, outdated: true } : one]),
  );
}

function without(faults: readonly Fault[], fault: Fault): readonly Fault[] {
  return faults.filter((one) => one !== fault);
}
