import { Worker } from 'node:worker_threads';
import { type Keyring, keysToSend } from '#src/crypto/keyring.ts';
import { storedRowUses } from '#src/register/stored-row.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import type { Reading } from '#src/register-import/staging/read-part.ts';
import type { CopiedPart, RowWorkerData } from '#src/register-import/staging/row-worker.ts';

/** Threads that read parts of a file, each in turn. */
export interface RowThreads {
  read(part: FilePart): Promise<CopiedPart>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** Of the parts that were sent, in order. */
  readonly waiting: PromiseWithResolvers<CopiedPart>[];
}

export function openRowThreads(count: number, keyring: Keyring, reading: Reading): RowThreads {
  const data: RowWorkerData = { keys: keysToSend(keyring, storedRowUses), reading };
  const threads = Array.from({ length: count }, () => openThread(data));
  return {
    read(part) {
      const thread = threads.reduce((one, other) =>
        other.waiting.length < one.waiting.length ? other : one,
      );
      const answer = Promise.withResolvers<CopiedPart>();
      // It may fail before anybody waits for it.
      answer.promise.catch(() => {});
      thread.waiting.push(answer);
      const { content } = part;
      thread.worker.postMessage(part, content.kind === 'bytes' ? [content.bytes.buffer] : []);
      return answer.promise;
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function openThread(workerData: RowWorkerData): Thread {
  const worker = new Worker(new URL('./row-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 },
  });
  const waiting: PromiseWithResolvers<CopiedPart>[] = [];
  const fail = (error: unknown) => {
    for (const answer of waiting.splice(0)) answer.reject(error);
  };
  worker.on('message', (copied: CopiedPart) => waiting.shift()?.resolve(copied));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`A thread of the import ended with ${code}`)));
  return { worker, waiting };
}
