import { Worker } from 'node:worker_threads';
import { type Keyring, keysToSend } from '#src/crypto/keyring.ts';
import { storedRowUses } from '#src/register/stored-row.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import type { Reading } from '#src/register-import/staging/read-part.ts';
import type {
  CopiedPart,
  FromThread,
  RowWorkerData,
  ToThread,
} from '#src/register-import/staging/row-worker.ts';
import type { FindSame } from '#src/register-import/staging/same-line.ts';

/** Threads that read parts of a file, each several at a time: while one waits for the database, they go on with another. */
export interface RowThreads {
  read(part: FilePart): Promise<CopiedPart>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** By the number of the part. */
  readonly waiting: Map<number, PromiseWithResolvers<CopiedPart>>;
}

/** `findSame`: asked on behalf of the threads, which have no connection; null: the register has nobody. */
export function openRowThreads(
  count: number,
  keyring: Keyring,
  reading: Reading,
  findSame: FindSame | null,
): RowThreads {
  const data = { keys: keysToSend(keyring, storedRowUses), reading, hasPeople: findSame !== null };
  const threads = Array.from({ length: count }, () => openThread(data, findSame));
  return {
    read(part) {
      const thread = threads.reduce((one, other) => (other.waiting.size < one.waiting.size ? other : one));
      const answer = Promise.withResolvers<CopiedPart>();
      // It may fail before anybody waits for it.
      answer.promise.catch(() => {});
      thread.waiting.set(part.number, answer);
      const { content } = part;
      thread.worker.postMessage(
        { part } satisfies ToThread,
        content.kind === 'bytes' ? [content.bytes.buffer] : [],
      );
      return answer.promise;
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function openThread(workerData: RowWorkerData, findSame: FindSame | null): Thread {
  const worker = new Worker(new URL('./row-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 },
  });
  const waiting = new Map<number, PromiseWithResolvers<CopiedPart>>();
  const fail = (error: unknown) => {
    for (const answer of waiting.values()) answer.reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromThread) => {
    const { number } = message;
    if ('asked' in message)
      findSame?.(message.asked).then(
        (same) => worker.postMessage({ number, same } satisfies ToThread),
        (error: unknown) => waiting.get(number)?.reject(error),
      );
    else {
      waiting.get(number)?.resolve(message.copied);
      waiting.delete(number);
    }
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`A thread of the import ended with ${code}`)));
  return { worker, waiting };
}
