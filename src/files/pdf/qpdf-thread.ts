import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PdfProblem } from '#src/files/pdf/pdf-contents.ts';

/** Judges PDFs in a thread of its own; one at a time, as its caller sees to. */
export interface QpdfThread {
  /** What is wrong with a PDF; null: nothing. */
  readonly judge: (pdf: Buffer) => Promise<PdfProblem | null>;
  readonly close: () => Promise<void>;
}

/** After so many PDFs a new thread takes over: whatever a file left behind in one is gone. */
const filesOfThread = 50;

/** The thread starts with the first PDF. One that takes too long is ended with its thread. */
export function openQpdfThread(deadlineMs: number): QpdfThread {
  let worker: Worker | null = null;
  let judged = 0;

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

  return { judge: look, close: end };
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
