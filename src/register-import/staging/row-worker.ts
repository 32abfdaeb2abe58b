import { parentPort, workerData } from 'node:worker_threads';
import { type SentKeys, sentKeyring } from '#src/crypto/keyring.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import {
  currentNames,
  type PartReport,
  type Reading,
  readPart,
} from '#src/register-import/staging/read-part.ts';
import { copiedRows } from '#src/register-import/staging/staged-row.ts';

/** What the thread is started with. */
export interface RowWorkerData {
  readonly keys: SentKeys;
  readonly reading: Reading;
}

/** A part that was read, its rows ready to be copied. */
export interface CopiedPart {
  readonly report: PartReport;
  readonly copy: Uint8Array<ArrayBuffer>;
}

/** A thread that reads one part after the other, and answers in that order. */
const port = parentPort;
if (port) {
  const { keys, reading }: RowWorkerData = workerData;
  const keyring = sentKeyring(keys);
  const names = currentNames(keyring);
  let turn: Promise<unknown> = Promise.resolve();
  port.on('message', (part: FilePart) => {
    turn = turn.then(async () => {
      const { report, rows } = await readPart(part, reading, keyring, names);
      const copy = copiedRows(part.number, rows);
      port.postMessage({ report, copy } satisfies CopiedPart, [copy.buffer]);
    });
  });
}
