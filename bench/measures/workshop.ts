import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { workshopPaths } from '#src/workshop/paths.ts';
import { openBrowser } from '../client/browser.ts';
import { type BenchClass, enter, follow, learn, prepare, type Seen } from '../client/classroom.ts';
import { startPostgres } from '../setting/postgres.ts';
import { type CpuTime, cpuTime, forgetPeak, memory, threadTimes } from '../setting/usage.ts';
import { startWorkshop } from '../setting/workshop.ts';

export interface WorkshopLoad {
  readonly classes: number;
  readonly seats: number;
  readonly onServer: boolean;
  readonly seconds: number;
  /** Between a page and what is done with it, in seconds. */
  readonly pause: { readonly least: number; readonly most: number };
}

/** What classes that learn at once cost, and how long their pages take. */
export interface WorkshopMeasure {
  readonly load: WorkshopLoad;
  readonly postgres: string;
  readonly startMs: number;
  /** From the form of a trainer to its board, one class after the other. */
  readonly prepareMs: readonly number[];
  /** Once the classes are prepared and nobody does anything. */
  readonly idle: { readonly cpuShare: number; readonly residentMb: number; readonly connections: number };
  readonly pages: ReadonlyMap<string, readonly number[]>;
  /** The page where a class is joined, asked for by nobody of a class: it needs no database. */
  readonly floorMs: readonly number[];
  readonly unexpected: readonly string[];
  readonly cpu: CpuTime;
  readonly threads: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly residentMb: number;
  readonly peakMb: number;
  readonly connections: number;
  readonly boardBytes: number;
  /** Of the driver itself: what it was late by is not of the pages. */
  readonly driverLateMs: number;
}

const idleSeconds = 10;
const role = 'atelier';

export async function measureWorkshop(
  load: WorkshopLoad,
  say: (text: string) => void,
  node?: readonly string[],
): Promise<WorkshopMeasure> {
  const folder = mkdtempSync(join(tmpdir(), 'compte-bench-atelier-'));
  mkdirSync(join(folder, 'data'));
  const opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const postgres = load.onServer ? await startPostgres(join(folder, 'postgres.log')) : null;
    if (postgres) opened.defer(() => postgres.stop());
    const workshop = await startWorkshop(folder, (await postgres?.creator(role)) ?? null, node);
    opened.defer(() => workshop.process.stop());
    const { pid } = workshop.process;
    const { host } = new URL(workshop.origin);
    const pool = new Pool(workshop.origin, { connections: 220 });
    opened.defer(() => pool.destroy());
    const trainer = await enter(pool, host, workshop.pin);
    const classes: BenchClass[] = [];
    const prepareMs: number[] = [];
    for (let n = 1; n <= load.classes; n += 1) {
      const start = performance.now();
      classes.push(await prepare(trainer, load.seats, `Classe ${n}`));
      prepareMs.push(performance.now() - start);
    }
    say(`${load.classes} classes are prepared …`);
    const connectionsNow = async () => (await postgres?.connections(role)) ?? 0;
    await wait(5_000);
    const idleFrom = cpuTime(pid).total;
    await wait(idleSeconds * 1_000);
    const idle = {
      cpuShare: (cpuTime(pid).total - idleFrom) / (idleSeconds * 1_000),
      residentMb: memory(pid).now,
      connections: await connectionsNow(),
    };
    say(`${load.classes * load.seats} learners for ${load.seconds} s …`);
    const over = new AbortController();
    const followed = classes.map((one) => follow(pool, one, host, over.signal));
    const seen: Seen = { ms: new Map(), unexpected: [] };
    const pause = () => 1_000 * (load.pause.least + Math.random() * (load.pause.most - load.pause.least));
    forgetPeak(pid);
    const late = monitorEventLoopDelay({ resolution: 5 });
    late.enable();
    const [cpuFrom, threadsFrom, from] = [cpuTime(pid), threadTimes(pid), performance.now()];
    const learners = classes.flatMap(({ code }) =>
      Array.from({ length: load.seats }, async (_, n) => {
        try {
          await wait(Math.random() * Math.min(30_000, load.seconds * 300), undefined, {
            signal: over.signal,
          });
          await learn({
            pool,
            host,
            code,
            name: `Place ${'abcdefghijklmnopqrstuvwxyzabcd'[n]}`,
            seen,
            pause,
            over: over.signal,
          });
        } catch (error) {
          if (!over.signal.aborted)
            seen.unexpected.push(error instanceof Error ? error.message : String(error));
        }
      }),
    );
    const floorMs: number[] = [];
    let connections = 0;
    const stranger = openBrowser(pool, { host, ip: () => '127.0.0.1', scheme: 'http' });
    while (performance.now() - from < load.seconds * 1_000) {
      const answer = await stranger.get(workshopPaths.join);
      floorMs.push(answer.ms);
      connections = Math.max(connections, await connectionsNow());
      await wait(500);
    }
    const seconds = (performance.now() - from) / 1_000;
    const cpuTo = cpuTime(pid);
    const threads = new Map(
      [...threadTimes(pid)].map(([name, ms]) => [name, ms - (threadsFrom.get(name) ?? 0)] as const),
    );
    late.disable();
    over.abort();
    await Promise.all(learners);
    const boardBytes = (await Promise.all(followed)).reduce((sum, bytes) => sum + bytes, 0);
    return {
      load,
      postgres: postgres?.version ?? 'PGlite',
      startMs: workshop.readyMs,
      prepareMs,
      idle,
      pages: seen.ms,
      floorMs,
      unexpected: seen.unexpected,
      cpu: { total: cpuTo.total - cpuFrom.total, hashing: cpuTo.hashing - cpuFrom.hashing },
      threads,
      seconds,
      residentMb: memory(pid).now,
      peakMb: memory(pid).peak,
      connections,
      boardBytes,
      driverLateMs: late.percentile(99) / 1e6,
    };
  } finally {
    await opened.disposeAsync();
  }
}
