import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

export interface Launched {
  readonly pid: number;
  readonly startedAt: number;
  /** SIGTERM (or the signal given), SIGKILL after 10 s (or the time given); over when the process is. */
  stop(signal?: NodeJS.Signals, patienceMs?: number): Promise<void>;
  /** Its exit status, or the signal that ended it; null while it runs. */
  status(): number | NodeJS.Signals | null;
  /** When the process has ended. */
  readonly over: Promise<void>;
  /** Throws when the process has ended by itself. */
  assertAlive(): void;
}

export interface Launch {
  readonly command: readonly string[];
  /** Null: any. */
  readonly core: 0 | 1 | null;
  readonly env: Readonly<Record<string, string>>;
  /** File that takes what the process writes. */
  readonly log: string;
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** Its working folder. */
  readonly cwd?: string;
}

/** Whether there are two cores to keep what is measured apart from what measures. */
export const twoCores = process.platform === 'linux' && availableParallelism() > 1;

/** The same command kept on one core; on any for null. */
export function pinned(core: Launch['core'], command: readonly string[]): [string, ...string[]] {
  const [program = '', ...args] = command;
  return twoCores && core !== null ? ['taskset', '-c', String(core), program, ...args] : [program, ...args];
}

/** Starts a process on its core. `taskset` becomes the program, so the process id is the program's. */
export function launch({ command, core, env, log, user, cwd }: Launch): Launched {
  const [program, ...args] = pinned(core, command);
  const out = openSync(log, 'a');
  const startedAt = performance.now();
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', out, out],
    ...(user ?? {}),
    ...(cwd && { cwd }),
  });
  closeSync(out);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  const over = ended(child);
  return {
    pid,
    startedAt,
    over,
    assertAlive() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${command.join(' ')} ended: see ${log}`);
    },
    status: () => child.exitCode ?? child.signalCode,
    async stop(signal = 'SIGTERM', patienceMs = 10_000) {
      child.kill(signal);
      const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await over;
      clearTimeout(patience);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = Promise.withResolvers<void>();
  child.once('exit', () => exit.resolve());
  child.once('error', () => exit.resolve());
  await exit.promise;
}

/** Asks every 5 ms until the answer is yes; the milliseconds since the process was started. */
export async function untilReady(process: Launched, isReady: () => Promise<boolean>): Promise<number> {
  while (performance.now() - process.startedAt < 30_000) {
    if (await isReady().catch(() => false)) return performance.now() - process.startedAt;
    process.assertAlive();
    await wait(5);
  }
  throw new Error('A process was not ready after 30 s');
}
