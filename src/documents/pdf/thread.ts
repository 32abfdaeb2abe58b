import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PressOrder } from '#src/documents/pdf/pdf-worker.ts';
import type { PrintedLetters, printLetters } from '#src/documents/pdf/write.ts';

/** Prints as `printLetters` does, one file at a time, in a thread of its own. */
export interface Press {
  readonly print: typeof printLetters;
  close(): Promise<void>;
}

/**
 * A press for a process that answers people meanwhile: a letter takes its thread a tenth of a second and more. Throws
 * what printing throws, and is of no use afterwards.
 */
export function openPress(): Press {
  const cache = getCompileCacheDir();
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    argv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
  });
  worker.unref();
  return {
    async print(letters, options) {
      const order: PressOrder = { letters, options };
      // While somebody waits for it, the thread keeps the process.
      worker.ref();
      worker.postMessage(order);
      const [printed]: PrintedLetters[] = await once(worker, 'message');
      worker.unref();
      if (printed === undefined) throw new Error('The press gave nothing');
      const { buffer, byteOffset, byteLength } = printed.pdf;
      return { ...printed, pdf: Buffer.from(buffer, byteOffset, byteLength) };
    },
    close: async () => void (await worker.terminate()),
  };
}
