import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { type Launched, launch } from '../../bench/setting/process.ts';
import { asStarted } from '../../bench/setting/service.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { Trial } from '../trial.ts';

/** Our own program; another version of it has its own. */
const ourProgram = join(import.meta.dirname, '../../src/cli/main.js');

/** What starts a command of the program. */
export function commandOf(args: readonly string[], program = ourProgram): readonly [string, ...string[]] {
  return [process.execPath, ...asStarted.web, program, ...args];
}

/** A process of the service that can be stopped, killed and started again, on the same ports. */
export interface Node {
  /** Of a web process: where it is asked. */
  readonly origin: string;
  readonly port: number;
  /** What it has logged so far about one event. */
  logged(event: string): readonly LogLine[];
  pid(): number;
  /** What `/readyz` answers: 200, 503, or null while nothing does. */
  readiness(): Promise<number | null>;
  /** What it shows to Prometheus of one metric without labels. */
  metric(name: string): Promise<number>;
  /** Starts it, or another version of it; answers the milliseconds until it is ready. */
  start(program?: string): Promise<number>;
  /** SIGTERM; answers the milliseconds until the process has ended, and how. */
  stop(): Promise<{ readonly ms: number; readonly status: Ended }>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** How the process ended; null while it runs. */
  status(): Ended | null;
}
export type Ended = number | NodeJS.Signals;

/** The fields that programs look at. */
const logLine = z.object({ event: z.string(), reason: z.string().optional(), time: z.string() });
export type LogLine = z.infer<typeof logLine>;

interface NodeOptions {
  readonly role: 'web' | 'worker';
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

/** Longer than a process may take by its own rules, which end it. */
const stopPatienceMs = 60_000;

/** Starts a process and waits until it is ready; the trial ends it. */
export async function startNode(trial: Trial, { role, env, log }: NodeOptions): Promise<Node> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  let running: Launched | null = null;

  async function readiness(): Promise<number | null> {
    const origin = `http://127.0.0.1:${metricsPort}`;
    const answer = await request(`${origin}/readyz`, { headersTimeout: 2_000, reset: true }).catch(
      () => null,
    );
    await answer?.body.dump().catch(() => {});
    return answer?.statusCode ?? null;
  }

  async function metric(name: string): Promise<number> {
    const { body } = await request(`http://127.0.0.1:${metricsPort}/metrics`, { reset: true });
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(await body.text())?.[1]);
  }

  async function start(program?: string): Promise<number> {
    const launched = launch({
      command: commandOf([role], program),
      ...{ core: null, log },
      env: { ...env, PORT: String(port), METRICS_PORT: String(metricsPort) },
    });
    running = launched;
    while ((await readiness()) !== 200) {
      launched.assertAlive();
      if (trial.over.aborted) throw new Error(`a ${role} process was not ready in time: see ${log}`);
      await wait(20);
    }
    return performance.now() - launched.startedAt;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (running && running.status() === null) await running.stop(signal, stopPatienceMs);
  }

  trial.atEnd(() => end('SIGKILL'));
  await start();
  return {
    origin: `http://127.0.0.1:${port}`,
    ...{ port, readiness, metric, start },
    logged: (event) =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes(`"event":"${event}"`))
        .map((line) => logLine.parse(JSON.parse(line))),
    pid: () => running?.pid ?? -1,
    async stop() {
      const startedAt = performance.now();
      await end('SIGTERM');
      return { ms: performance.now() - startedAt, status: running?.status() ?? 0 };
    },
    kill: () => end('SIGKILL'),
    status: () => running?.status() ?? null,
  };
}

/** Requests that were refused because this machine was busy, which no fault explains: the log says so. */
export function refusedForLoad(nodes: readonly Node[]): number {
  const reasons = nodes.flatMap((node) => node.logged('shed')).map(({ reason }) => reason ?? '');
  return reasons.filter((reason) => /^(event-loop|passwords)$/.test(reason)).length;
}
