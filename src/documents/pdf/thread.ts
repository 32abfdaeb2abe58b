import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PdfOrder } from '#src/documents/pdf/pdf-worker.ts';
import type { WrittenPdf, writePdf } from '#src/documents/pdf/write.ts';

/** Writes as `writePdf` does, one file at a time, in a thread of its own. */
export interface PdfThread {
  readonly write: typeof writePdf;
  close(): Promise<void>;
}

/**
 * A thread for a process that answers people meanwhile: a page takes a tenth of a second and more. Throws what writing
 * throws, and is of no use afterwards.
 */
export function openPdfThread(): PdfThread {
  const cache = getCompileCacheDir();
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    argv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
  });
  worker.unref();
  return {
    async write(documents, options) {
      const order: PdfOrder = { documents, options };
      // The process lives on while a file is awaited, and not for an idle thread.
      worker.ref();
      worker.postMessage(order);
      const [written]: WrittenPdf[] = await once(worker, 'message');
      worker.unref();
      if (written === undefined) throw new Error('The thread gave nothing');
      const { buffer, byteOffset, byteLength } = written.pdf;
      return { ...written, pdf: Buffer.from(buffer, byteOffset, byteLength) };
    },
    close: async () => void (await worker.terminate()),
  };
}
