import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';
import { startWeb } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** Milliseconds to the first page and until every page answers, one pair for each start. */
export interface Starts {
  readonly firstPage: readonly number[];
  readonly ready: readonly number[];
}

export async function webStarts(stage: Stage, times: number): Promise<Starts> {
  return repeated(times, async () => {
    const started = await stage.web();
    await started.process.stop();
    return started;
  });
}

/** The demo in an empty folder: embedded database, keys and register are made first. */
export async function demoStarts(times: number): Promise<Starts> {
  return repeated(times, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'compte-bench-demo-'));
    const port = await freePort();
    const env = { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data') };
    const log = join(folder, 'demo.log');
    try {
      const started = await startWeb({ role: 'start', port, host: `localhost:${port}`, env, log });
      await started.process.stop();
      return started;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function repeated(
  times: number,
  start: () => Promise<{ firstPageMs: number; readyMs: number }>,
): Promise<Starts> {
  const firstPage: number[] = [];
  const ready: number[] = [];
  for (let i = 0; i < times; i++) {
    const { firstPageMs, readyMs } = await start();
    firstPage.push(firstPageMs);
    ready.push(readyMs);
  }
  return { firstPage, ready };
}
