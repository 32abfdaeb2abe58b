import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PdfProblem } from '#src/files/pdf/pdf-contents.ts';

/** Judges PDFs in a thread of its own, one at a time. */
export interface QpdfThread {
  /** What is wrong with a PDF; null: nothing; `busy`: too many wait, nothing was looked at. */
  readonly judge: (pdf: Buffer, signal?: AbortSignal) => Promise<PdfProblem | 'busy' | null>;
  readonly close: () => Promise<void>;
}

export interface QpdfOptions {
  /** How long one PDF may take. */
  readonly deadlineMs: number;
  /** How many PDFs may wait for their turn. */
  readonly mostWaiting: number;
}

/** After so many PDFs a new thread takes over: whatever a file left behind in one is gone. */
const filesOfThread = 50;

/** The thread starts with the first PDF. One that takes too long is ended with its thread. */
export function openQpdfThread({ deadlineMs, mostWaiting }: QpdfOptions): QpdfThread {
  let worker: Worker | null = null;
  let judged = 0;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ended = worker;
    worker = null;
    judged = 0;
    await ended?.terminate();
  }

  async function look(pdf: Buffer): Promise<PdfProblem | null> {
    worker ??= startWorker();
    const asked = worker;
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      asked.ref();
      asked.postMessage(Uint8Array.from(pdf));
      const [answer]: { problem: PdfProblem | null }[] = await once(asked, 'message', { signal: deadline });
      judged += 1;
      asked.unref();
      if (judged >= filesOfThread) await end();
      return answer ? answer.problem : 'damaged';
    } catch {
      await end();
      // Out of memory, outside of what qpdf counts; or a defect of qpdf, which the next file must not meet.
      return deadline.aborted ? 'too-slow' : 'too-complex';
    }
  }

  return {
    async judge(pdf, signal) {
      if (waiting > mostWaiting) return 'busy';
      waiting += 1;
      const mine = turn.then(() => (signal?.aborted ? ('busy' as const) : look(pdf)));
      turn = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        waiting -= 1;
      }
    },
    close: end,
  };
}

function startWorker(): Worker {
  const cache = getCompileCacheDir();
  const worker = new Worker(new URL('./qpdf-worker.ts', import.meta.url), {
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 },
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
  });
  // A thread that fails while nobody waits for it is replaced at the next file.
  worker.on('error', () => {});
  worker.unref();
  return worker;
}
