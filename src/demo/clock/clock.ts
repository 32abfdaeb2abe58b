import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '#src/time/clock.ts';

export type ClockMove =
  | { readonly kind: 'moved'; readonly now: Date }
  | { readonly kind: 'refused'; readonly reason: 'not-a-duration' | 'not-forward' | 'too-far' };

/** A clock that can be moved forward, to try deadlines; its offset survives a restart. */
export interface DemoClock extends Clock {
  /** `duration` in ISO 8601 (`P1D`, `PT90M`). A day is a civil day of Paris, be it 23 or 25 hours long. */
  move(duration: string): ClockMove;
}

const zone = 'Europe/Paris';
/** Beyond this, the ages of the people of the register would be implausible. */
const furthestDays = 3_660;
const stored = z.object({ decalageMs: z.int().nonnegative() });

/** Opens the demo's clock; `file` stores its offset from real time. A file that cannot be parsed is ignored. */
export function openDemoClock(file: string, real: Clock): DemoClock {
  let offset = readOffset(file);
  const now = () => new Date(real.now().getTime() + offset);
  return {
    now,
    move: (text) => {
      const duration = durationIn(text);
      if (duration === null) return { kind: 'refused', reason: 'not-a-duration' };
      if (duration.sign <= 0) return { kind: 'refused', reason: 'not-forward' };
      const from = now().getTime();
      const to = after(from, duration);
      const moved = to === null ? Number.POSITIVE_INFINITY : offset + to - from;
      if (moved > furthestDays * 86_400_000) return { kind: 'refused', reason: 'too-far' };
      writeOffset(file, moved);
      offset = moved;
      return { kind: 'moved', now: now() };
    },
  };
}

function durationIn(text: string): Temporal.Duration | null {
  try {
    return Temporal.Duration.from(text.trim().toUpperCase());
  } catch {
    return null;
  }
}

function after(instant: number, duration: Temporal.Duration): number | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).add(duration)
      .epochMilliseconds;
  } catch {
    return null;
  }
}

function readOffset(file: string): number {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8'))).decalageMs;
  } catch {
    return 0;
  }
}

function writeOffset(file: string, decalageMs: number): void {
  const descriptor = openSync(`${file}.tmp`, 'w', 0o600);
  writeSync(descriptor, JSON.stringify({ decalageMs }));
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${file}.tmp`, file);
}
