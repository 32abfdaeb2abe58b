import { parentPort } from 'node:worker_threads';
import type { PaperDocument } from '#src/documents/paper.ts';
import { type PdfOptions, writePdf } from '#src/documents/pdf/write.ts';

/** One file to write; orders are processed one after the other. */
export interface PdfOrder {
  readonly documents: readonly PaperDocument[];
  readonly options: PdfOptions;
}

parentPort?.on('message', ({ documents, options }: PdfOrder) => {
  writePdf(documents, options).then(
    (written) => parentPort?.postMessage(written),
    // Ends the thread, which rejects the promise of the caller.
    (error: unknown) => setImmediate(() => Promise.reject(error)),
  );
});
