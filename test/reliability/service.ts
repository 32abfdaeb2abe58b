import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openEmbeddedDatabases } from '#src/workshop/databases/class-databases.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { Closing } from '../setting/database.ts';
import { classesFolder } from '../setting/embedded-database.ts';

const program = join(import.meta.dirname, '../../src/cli/main.js');

/** Where the demo keeps its data, on which port it is found, and for PostgreSQL the address of its database. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly origin: string;
  readonly env: Readonly<Record<string, string>>;
}

/** For a demo that is started often: its simulator takes a third of a start, and keeps nothing that could be lost. */
export const withoutSimulator = { FRANCECONNECT: 'off' } as const;

/** The program in a process of its own, which a test can kill. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything it wrote to standard output, and to standard error. */
  out(): string;
  err(): string;
  /** Sends a signal and answers the exit code, null for a process that was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

export async function placeFor(t: Closing, env: Readonly<Record<string, string>> = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-reliability-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  return {
    folder,
    port,
    origin: `http://127.0.0.1:${port}`,
    env: {
      MODE: 'demo',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
      DATA_DIR: folder,
      PORT: `${port}`,
      METRICS_PORT: 'off',
      // Cheap hashes: these tests do not measure CPU time.
      HASH_MEMORY_KIB: '1024',
      HASH_PASSES: '1',
      HASH_MAX_WAIT_MS: '20000',
      // Nor how long a busy machine takes to close them.
      SHUTDOWN_SECONDS: '120',
      ...env,
    },
  };
}

/** The same with the tables copied: making them takes longer than what most tests do with a new demo. */
export async function placeWithTables(t: Closing): Promise<Place> {
  const place = await placeFor(t);
  await openEmbeddedDatabases(await classesFolder()).of(place.folder, 'demo', true);
  return place;
}

/** As `npm start` has it: each of these processes opens an embedded database for a few seconds (docs/memory.md). */
const options = ['--liftoff-only'];

/** Runs a command of the program with nothing in its environment but what is given. */
export function run(t: Closing, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [...options, program, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  t.after(() => end('SIGKILL'));
  return { child, out: () => out, err: () => err, end, ended };
}

/** Starts the demo and waits until everything of it can be used. */
export async function start(t: Closing, place: Place): Promise<Running> {
  const running = run(t, ['start'], place.env);
  while (!(await isReady(place))) {
    const { exitCode, signalCode } = running.child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`The demo does not start (${exitCode ?? signalCode}): ${running.err()}`);
    await wait(50);
  }
  return running;
}

async function isReady({ origin }: Place): Promise<boolean> {
  const answer = await fetch(`${origin}/readyz`, { headers: { connection: 'close' } }).catch(() => null);
  await answer?.arrayBuffer().catch(() => null);
  return answer?.status === 200;
}
