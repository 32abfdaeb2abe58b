import { parentPort, workerData } from 'node:worker_threads';
import { type SentKeys, sentKeyring } from '#src/crypto/keyring.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import {
  currentNames,
  type PartReport,
  type Reading,
  readPart,
} from '#src/register-import/staging/read-part.ts';
import type { PeopleByLine } from '#src/register-import/staging/same-line.ts';
import { copiedRows } from '#src/register-import/staging/staged-row.ts';

/** What the thread is started with. */
export interface RowWorkerData {
  readonly keys: SentKeys;
  readonly reading: Reading;
  /** Whether the register has anybody: else the thread does not ask for them. */
  readonly hasPeople: boolean;
}

/** A part that was read, its rows ready to be copied. */
export interface CopiedPart {
  readonly report: PartReport;
  readonly copy: Uint8Array<ArrayBuffer>;
}

/** A part to read, or the answer to what the thread asked while it read the part of this number. */
export type ToThread =
  | { readonly part: FilePart }
  | { readonly number: number; readonly same: readonly number[] };

/** Whom of these people the register has by the same line (`FindSame`)? Or what was read. */
export type FromThread = { readonly number: number } & (
  | { readonly asked: PeopleByLine }
  | { readonly copied: CopiedPart }
);

/** A thread that reads parts; it begins another one while it waits for an answer. */
const port = parentPort;
if (port) {
  const { keys, reading, hasPeople }: RowWorkerData = workerData;
  const keyring = sentKeyring(keys);
  const findNames = currentNames(keyring);
  const waiting = new Map<number, (same: readonly number[]) => void>();

  function send(message: FromThread, bytes: Uint8Array<ArrayBuffer>): void {
    port?.postMessage(message, [bytes.buffer]);
  }

  async function read(part: FilePart): Promise<void> {
    const { number } = part;
    const findSame = (asked: PeopleByLine) =>
      new Promise<readonly number[]>((resolve) => {
        waiting.set(number, resolve);
        send({ number, asked }, asked);
      });
    const register = { findNames, findSame: hasPeople ? findSame : null };
    const { report, rows } = await readPart(part, reading, keyring, register);
    const copy = copiedRows(number, rows);
    send({ number, copied: { report, copy } }, copy);
  }

  port.on('message', (message: ToThread) => {
    if ('part' in message) return void read(message.part);
    waiting.get(message.number)?.(message.same);
    waiting.delete(message.number);
  });
}
