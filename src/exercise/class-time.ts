import type { ClassEvent } from '#src/exercise/class-event.ts';

/** When nobody in a class was at work. */
export interface ClassTime {
  /** Of its latest event. */
  readonly lastAt: Date;
  /** When somebody last did something in it. */
  readonly usedAt: Date;
  /** Breaks that its trainer called, and times when the program did not run: a laptop that slept, or was off. */
  readonly breaks: readonly Span[];
  /** Nothing happened at any seat for long: everybody had left the room. */
  readonly silences: readonly Span[];
  /** Since when it has a break, or is over; null while it is at work. */
  readonly stoppedAt: Date | null;
}

interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** Somebody who thinks or looks for help is silent for so long; a whole class that is silent for longer has gone. */
const silentMs = 15 * 60_000;

export function timeFrom(at: Date): ClassTime {
  return { lastAt: at, usedAt: at, breaks: [], silences: [], stoppedAt: null };
}

/** The time of a class after one more event. */
export function timeAfter(time: ClassTime, event: ClassEvent): ClassTime {
  const at = new Date(event.at);
  const { lastAt, breaks, silences, stoppedAt } = time;
  const gone = new Date(lastAt.getTime() + silentMs);
  const next = {
    ...time,
    lastAt: at,
    usedAt: event.kind === 'away' ? time.usedAt : at,
    silences: gone < at ? [...silences, { from: gone, until: at }] : silences,
  };
  switch (event.kind) {
    case 'away':
      return { ...next, breaks: [...breaks, { from: new Date(event.since), until: at }] };
    case 'paused':
    case 'ended':
      return { ...next, stoppedAt: stoppedAt ?? at };
    case 'resumed':
    case 'reopened':
      return stoppedAt === null
        ? next
        : { ...next, stoppedAt: null, breaks: [...breaks, { from: stoppedAt, until: at }] };
    default:
      return next;
  }
}

/** The milliseconds between two instants in which the class had no break and the program ran. */
export function openMs(time: ClassTime, from: Date, until: Date): number {
  const { breaks, stoppedAt } = time;
  const still = stoppedAt === null ? [] : [{ from: stoppedAt, until }];
  return msWithout([...breaks, ...still], from, until);
}

/** The same without the times when everybody had left the room. */
export function workedMs(time: ClassTime, from: Date, until: Date): number {
  const { breaks, silences, stoppedAt, lastAt } = time;
  const still = stoppedAt === null ? [] : [{ from: stoppedAt, until }];
  const since = { from: new Date(lastAt.getTime() + silentMs), until };
  return msWithout([...breaks, ...silences, ...still, since], from, until);
}

function msWithout(spans: readonly Span[], from: Date, until: Date): number {
  const inOrder = spans.toSorted((one, other) => one.from.getTime() - other.from.getTime());
  let ms = 0;
  let at = from.getTime();
  for (const span of inOrder) {
    const begins = Math.min(span.from.getTime(), until.getTime());
    if (begins > at) ms += begins - at;
    at = Math.max(at, span.until.getTime());
  }
  return ms + Math.max(0, until.getTime() - at);
}
