import { chmodSync, cpSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FaultId } from './promises.ts';

/** A program that makes one fault happen and measures what becomes of the service. */
export interface Fault {
  readonly id: FaultId;
  /** After which it counts as failed, whatever it does. */
  readonly atMostSeconds: number;
  run(trial: Trial): Promise<void>;
}

/** What a program is given. */
export interface Trial {
  /** How often or for how long: at a glance, as usual, or as the promise asks, however long that takes. */
  paced<T>(quick: T, usual: T, long?: T): T;
  /** Of what is left to chance: the same seed makes the same choices. */
  readonly seed: number;
  /** Of this trial alone: removed at its end, but for the logs of one that failed. */
  readonly folder: string;
  /** Aborted when its time is over or somebody interrupts. */
  readonly over: AbortSignal;
  /** Tells the operator what happens now. */
  say(what: string): void;
  /** Notes a figure, and whether it is what has to hold. */
  measured(what: string, figure: string | number, holds: boolean): void;
  /** Calls this at the end, the last given first, whatever happened; at once when the end has come. */
  atEnd(close: () => unknown): void;
}

export interface Measured {
  readonly what: string;
  readonly figure: string;
  readonly holds: boolean;
}

/** `failed` also when a program did not come to its end, or measured nothing. */
export interface Outcome {
  readonly id: FaultId;
  readonly kind: 'held' | 'failed' | 'not-tried';
  readonly measured: readonly Measured[];
  /** Why it did not come to its end. */
  readonly problem: string | null;
  readonly seconds: number;
}

/** Thrown by a program that needs something which is not on this machine. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

export type Pace = 'quick' | 'usual' | 'long';

interface TryOptions {
  readonly pace: Pace;
  readonly seed: number;
  readonly interrupted: AbortSignal;
  readonly say: (what: string) => void;
  /** Where the logs of a trial that failed are put. */
  readonly logs: string;
}

/** A long program may take so many times longer. */
const longFactor = 20;

/** Runs one program to its end, closes what it opened, and says how it went. */
export async function tryFault(
  fault: Fault,
  { pace, seed, interrupted, say, logs }: TryOptions,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'compte-faults-'));
  // Servers run as another user, which owns the folders that it writes.
  chmodSync(folder, 0o711);
  const startedAt = performance.now();
  const opened = new AsyncDisposableStack();
  const measured: Measured[] = [];
  const atMost = fault.atMostSeconds * (pace === 'long' ? longFactor : 1);
  const over = AbortSignal.any([interrupted, AbortSignal.timeout(atMost * 1000)]);
  const trial: Trial = {
    ...{ seed, over, folder },
    paced: (quick, usual, long = usual) => ({ quick, usual, long })[pace],
    say: (what) => say(`${fault.id}: ${what}`),
    measured(what, figure, holds) {
      measured.push({ what, figure: String(figure), holds });
      say(`${fault.id}: ${holds ? 'ok    ' : 'FAILED'} ${what}: ${figure}`);
    },
    atEnd(close) {
      if (over.aborted) {
        Promise.resolve(close()).catch(() => {});
        throw new Error('its time is over');
      }
      opened.defer(async () => {
        await close();
      });
    },
  };
  const cut = Promise.withResolvers<never>();
  over.addEventListener('abort', () =>
    cut.reject(new Error(interrupted.aborted ? 'it was interrupted' : `it was not over after ${atMost} s`)),
  );
  const end = (kind: Outcome['kind'], problem: string | null): Outcome => {
    if (kind === 'failed') keepLogs(folder, join(logs, fault.id));
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return { id: fault.id, kind, measured, problem, seconds };
  };
  try {
    await Promise.race([fault.run(trial), cut.promise]);
    if (measured.length === 0) return end('failed', 'it measured nothing');
    return end(measured.every(({ holds }) => holds) ? 'held' : 'failed', null);
  } catch (error) {
    if (error instanceof NotHere) return end('not-tried', error.message);
    say(`${fault.id}: ${error instanceof Error ? error.stack : error}`);
    return end('failed', error instanceof Error ? error.message : String(error));
  } finally {
    await opened.disposeAsync().catch((error: unknown) => say(`${fault.id}: could not be closed: ${error}`));
    rmSync(folder, { recursive: true, force: true });
  }
}

function keepLogs(folder: string, kept: string): void {
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const log of globSync('**/*.log', { cwd: folder }))
    cpSync(join(folder, log), join(kept, basename(log)));
}
