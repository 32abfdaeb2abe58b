import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PdfOrder } from '#src/documents/pdf/pdf-worker.ts';
import type { WrittenPdf, writePdf } from '#src/documents/pdf/write.ts';

/** Runs `writePdf` in its own thread, one file at a time. */
export interface PdfThread {
  readonly write: typeof writePdf;
  close(): Promise<void>;
}

/**
 * A thread for a process that also serves requests: a page takes a tenth of a second or more. An error of `writePdf`
 * rejects the call and ends the thread.
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
      // Keeps the process alive while a file is being written; an idle thread does not.
      worker.ref();
      worker.postMessage(order);
      const [written]: WrittenPdf[] = await once(worker, 'message');
      worker.unref();
      if (written === undefined) throw new Error('The PDF thread returned nothing');
      const { buffer, byteOffset, byteLength } = written.pdf;
      return { ...written, pdf: Buffer.from(buffer, byteOffset, byteLength) };
    },
    close: async () => void (await worker.terminate()),
  };
}
