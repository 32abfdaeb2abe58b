import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** CPU time that a process has used, in milliseconds: `hashing` is the part of its low-priority threads. */
export interface CpuTime {
  readonly total: number;
  readonly hashing: number;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const hashNiceness = '15';

/** User and system time, from `/proc`, to 10 ms. */
export function cpuTime(pid: number): CpuTime {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
    statOf(`/proc/${pid}/task/${thread}/stat`),
  );
  const hashing = threads.filter(({ nice }) => nice === hashNiceness);
  return {
    total: statOf(`/proc/${pid}/stat`).milliseconds,
    hashing: hashing.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}

/** CPU milliseconds of a process and of its children, those that have ended included. */
export function familyCpuMs(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  const { milliseconds, ended } = statOf(`/proc/${pid}/stat`);
  return children.reduce(
    (sum, child) => sum + statOf(`/proc/${child}/stat`).milliseconds,
    milliseconds + ended,
  );
}

/** CPU milliseconds and most memory of a process until it ends by itself, to 20 ms: the last look before. */
export async function usageUntil(
  pid: number,
  over: Promise<void>,
): Promise<{ readonly cpuMs: number; readonly peakMb: number }> {
  let cpuMs = 0;
  let peakMb = 0;
  const look = setInterval(() => {
    if (!existsSync(`/proc/${pid}/stat`)) return;
    cpuMs = statOf(`/proc/${pid}/stat`).milliseconds;
    // A process that has ended, and was not noticed yet, has no memory.
    const { peak } = memory(pid);
    if (Number.isFinite(peak)) peakMb = peak;
  }, 20);
  await over.finally(() => clearInterval(look));
  return { cpuMs, peakMb };
}

/** CPU milliseconds by the name of the threads; the main thread is `main`, those of low priority are `hashing`. */
export function threadTimes(pid: number): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const file = `/proc/${pid}/task/${thread}`;
    const { milliseconds, nice } = statOf(`${file}/stat`);
    const named = readFileSync(`${file}/comm`, 'utf8').trim();
    const name = thread === String(pid) ? 'main' : nice === hashNiceness ? 'hashing' : named;
    times.set(name, (times.get(name) ?? 0) + milliseconds);
  }
  return times;
}

function statOf(file: string): { milliseconds: number; ended: number; nice: string } {
  const text = readFileSync(file, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const milliseconds = (one: number) =>
    ((Number(fields[one]) + Number(fields[one + 1])) * 1000) / ticksPerSecond;
  return { milliseconds: milliseconds(11), ended: milliseconds(13), nice: fields[16] ?? '' };
}

/** Resident memory in MB (10⁶ bytes): now, and the most since the start or `forgetPeak`. */
export function memory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
