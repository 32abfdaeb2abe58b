import type { ClassEvent, Fault } from '#src/exercise/class-event.ts';
import { classState } from '#src/exercise/class-state.ts';
import { workedMs } from '#src/exercise/class-time.ts';
import type { Step } from '#src/exercise/steps.ts';

/** How a class went, by the numbers of its seats: nothing that names or describes a learner. */
export interface ClassReport {
  /** When somebody first sat down; null: nobody has. */
  readonly from: Date | null;
  /** Its end, or now. */
  readonly until: Date;
  /** At work between the two, without breaks and sleep. */
  readonly ms: number;
  /** Those that were taken, by number. */
  readonly seats: readonly SeatReport[];
  readonly done: number;
  /** The steps of the exercise, in its order. */
  readonly steps: readonly StepReport[];
  readonly faults: readonly FaultReport[];
  /** How often a hand was raised. */
  readonly hands: number;
}

export interface SeatReport {
  readonly number: number;
  readonly stepsDone: readonly Step[];
  /** Whether it has reached the aim. */
  readonly isDone: boolean;
  /** What happened on each step where it was. */
  readonly on: ReadonlyMap<Step, OnStep>;
}

export interface OnStep {
  readonly ms: number;
  readonly hands: number;
  /** Each time, the fields that were refused. */
  readonly refusals: readonly (readonly string[])[];
  readonly faults: readonly MetFault[];
}

export interface MetFault {
  readonly fault: Fault;
  readonly isDealt: boolean;
}

export interface StepReport {
  readonly step: Step;
  /** How many seats came to it, and how many have done it. */
  readonly came: number;
  readonly done: number;
  /** Of those that came: half were on it for less. */
  readonly medianMs: number;
  readonly longestMs: number;
  /** Where it took longest; null: nobody came. */
  readonly longestSeat: number | null;
}

export interface FaultReport {
  readonly fault: Fault;
  readonly met: number;
  readonly dealt: number;
}

/** The report of a class until its end, or until now; `steps`: those of its exercise, the last one is the aim. */
export function classReport(
  events: readonly ClassEvent[],
  steps: readonly [Step, ...Step[]],
  now: Date,
): ClassReport {
  const { time, endedAt } = classState(events);
  const until = endedAt ?? now;
  const courses = coursesOf(events, steps);
  const seats = courses.map((course) =>
    seatReport(course, steps, (from, to) => workedMs(time, from, to ?? until)),
  );
  const from =
    courses.map(({ satAt }) => satAt).sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
  return {
    from,
    until,
    ms: from === null ? 0 : workedMs(time, from, until),
    seats,
    done: seats.filter(({ isDone }) => isDone).length,
    steps: steps.map((step) => stepReport(step, seats)),
    faults: faultsOf(seats),
    hands: sum(seats.flatMap(({ on }) => [...on.values()].map(({ hands }) => hands))),
  };
}

/** The way of one seat through the exercise, as the journal tells it. */
interface Course {
  readonly number: number;
  readonly satAt: Date;
  readonly reached: Set<Step>;
  /** Where it was and how long; `to` null: until the end. At the aim, no time is counted any more. */
  readonly stays: { readonly step: Step; readonly from: Date; to: Date | null }[];
  present: Step;
  /** Where it was when it was last put elsewhere. */
  before: Step;
  hand: boolean;
  readonly hands: Step[];
  readonly refusals: { readonly step: Step; readonly fields: readonly string[] }[];
  readonly faults: { readonly step: Step; readonly fault: Fault; isDealt: boolean }[];
}

function coursesOf(events: readonly ClassEvent[], steps: readonly [Step, ...Step[]]): readonly Course[] {
  const courses = new Map<number, Course>();
  for (const event of events) {
    if (!('seat' in event)) continue;
    const at = new Date(event.at);
    if (event.kind === 'seated' && !courses.has(event.seat))
      courses.set(event.seat, begun(event.seat, at, steps[0]));
    const concerned = event.seat === null ? [...courses.values()] : [courses.get(event.seat)];
    for (const course of concerned) if (course) follow(course, event, at, steps);
  }
  return [...courses.values()].sort((one, other) => one.number - other.number);
}

function begun(number: number, at: Date, step: Step): Course {
  const nothing = { hand: false, hands: [], refusals: [], faults: [] };
  return {
    ...{ number, satAt: at, reached: new Set([step]), present: step, before: step },
    ...{ stays: [{ step, from: at, to: null }], ...nothing },
  };
}

type SeatEvent = Extract<ClassEvent, { seat: number | null }>;

function follow(course: Course, event: SeatEvent, at: Date, steps: readonly [Step, ...Step[]]): void {
  switch (event.kind) {
    case 'reached':
      come(course, event.step, at, steps);
      return;
    case 'put-back':
      course.before = course.present;
      come(course, event.to, at, steps);
      return;
    case 'put-back-undone':
      come(course, course.before, at, steps);
      return;
    case 'given-person':
      come(course, steps[0], at, steps);
      return;
    case 'refused': {
      const step = steps.includes(event.step) ? event.step : course.present;
      course.refusals.push({ step, fields: event.fields });
      return;
    }
    case 'hand':
      if (event.raised && !course.hand) course.hands.push(course.present);
      course.hand = event.raised;
      return;
    case 'fault':
      if (!open(course, event.fault))
        course.faults.push({ step: course.present, fault: event.fault, isDealt: false });
      return;
    case 'fault-dealt': {
      const met = open(course, event.fault);
      if (met) met.isDealt = true;
      return;
    }
  }
}

function open({ faults }: Course, fault: Fault) {
  return faults.find((one) => one.fault === fault && !one.isDealt);
}

/** A page of no step of the exercise is a way round: the seat is still on the step from which it was opened. */
function come(course: Course, step: Step, at: Date, steps: readonly Step[]): void {
  if (step === course.present || !steps.includes(step)) return;
  const last = course.stays.at(-1);
  if (last) last.to ??= at;
  course.present = step;
  course.reached.add(step);
  if (step !== steps.at(-1)) course.stays.push({ step, from: at, to: null });
}

function seatReport(
  { number, reached, stays, hands, refusals, faults }: Course,
  steps: readonly Step[],
  worked: (from: Date, to: Date | null) => number,
): SeatReport {
  const furthest = steps.findLastIndex((step) => reached.has(step));
  const aim = steps.length - 1;
  const of = <T extends { readonly step: Step }>(all: readonly T[], step: Step) =>
    all.filter((one) => one.step === step);
  return {
    number,
    stepsDone: steps.filter((step, index) => reached.has(step) && (index < furthest || index === aim)),
    isDone: furthest === aim,
    on: new Map(
      steps
        .filter((step) => reached.has(step))
        .map((step): [Step, OnStep] => [
          step,
          {
            ms: sum(of(stays, step).map(({ from, to }) => worked(from, to))),
            hands: hands.filter((one) => one === step).length,
            refusals: of(refusals, step).map(({ fields }) => [...new Set(fields.map(fieldName))]),
            faults: of(faults, step).map(({ fault, isDealt }) => ({ fault, isDealt })),
          },
        ]),
    ),
  };
}

/** The three boxes of a date are one field. */
function fieldName(field: string): string {
  return field.replace(/-(jour|mois|annee)$/, '');
}

function stepReport(step: Step, seats: readonly SeatReport[]): StepReport {
  const came = seats
    .flatMap(({ number, on }) => {
      const there = on.get(step);
      return there ? [{ number, ms: there.ms }] : [];
    })
    .sort((one, other) => one.ms - other.ms);
  const longest = came.at(-1);
  return {
    step,
    came: came.length,
    done: seats.filter(({ stepsDone }) => stepsDone.includes(step)).length,
    medianMs: came[Math.floor((came.length - 1) / 2)]?.ms ?? 0,
    longestMs: longest?.ms ?? 0,
    longestSeat: longest?.number ?? null,
  };
}

function faultsOf(seats: readonly SeatReport[]): readonly FaultReport[] {
  const all = seats.flatMap(({ on }) => [...on.values()].flatMap(({ faults }) => faults));
  return [...new Set(all.map(({ fault }) => fault))].map((fault) => {
    const met = all.filter((one) => one.fault === fault);
    return { fault, met: met.length, dealt: met.filter(({ isDealt }) => isDealt).length };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
