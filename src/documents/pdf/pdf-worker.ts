import { parentPort } from 'node:worker_threads';
import type { Letter } from '#src/documents/paper.ts';
import { printLetters } from '#src/documents/pdf/write.ts';

/** What is asked of the thread that prints, one after the other. */
export interface PressOrder {
  readonly letters: readonly Letter[];
  readonly options: Parameters<typeof printLetters>[1];
}

parentPort?.on('message', ({ letters, options }: PressOrder) => {
  printLetters(letters, options).then(
    (printed) => parentPort?.postMessage(printed),
    // Ends the thread: whoever waits is told.
    (error: unknown) => setImmediate(() => Promise.reject(error)),
  );
});
