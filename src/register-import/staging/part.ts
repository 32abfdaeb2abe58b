import type { FileRecord } from '#src/files/csv.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { mostBytesOfRecord } from '#src/register-import/formats/open-records.ts';

/** Some lines of a file, one after the other: what is read, staged and committed at a time. */
export interface FilePart {
  /** From 0, in the order of the file. */
  readonly number: number;
  readonly content:
    | {
        readonly kind: 'bytes';
        readonly bytes: Uint8Array<ArrayBuffer>;
        readonly encoding: Encoding;
        readonly firstLine: number;
      }
    | { readonly kind: 'lines'; readonly lines: readonly FileRecord[] };
}

const linesAtOnce = 500;
const bytesAtOnce = 1_048_576;
const newline = 0x0a;

/** The lines of a file, 500 at a time. */
export async function* partsOfLines(
  lines: AsyncIterable<FileRecord> | Iterable<FileRecord>,
): AsyncGenerator<FilePart> {
  let number = 0;
  let held: FileRecord[] = [];
  for await (const line of lines) {
    held.push(line);
    if (held.length < linesAtOnce) continue;
    yield { number, content: { kind: 'lines', lines: held } };
    number += 1;
    held = [];
  }
  if (held.length > 0) yield { number, content: { kind: 'lines', lines: held } };
}

/**
 * The bytes of a text file by megabytes, cut where lines end. Of a line that is too long to be read only so much is kept
 * as shows that.
 */
export async function* partsOfBytes(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<FilePart> {
  let number = 0;
  let firstLine = 1;
  let held: Buffer[] = [];
  let length = 0;
  /** Bytes of the last line, which has not ended. */
  let open = 0;

  function part(ended: readonly Buffer[]): FilePart {
    const whole = joined(ended);
    const content = { kind: 'bytes', bytes: whole, encoding, firstLine } as const;
    firstLine += linesIn(whole);
    number += 1;
    return { number: number - 1, content };
  }

  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end === 0) {
      const kept = chunk.subarray(0, Math.max(0, mostBytesOfRecord + 8 - open));
      open += chunk.length;
      if (kept.length > 0) held.push(Buffer.from(kept));
      length += kept.length;
      continue;
    }
    const rest = Buffer.from(chunk.subarray(end));
    held.push(chunk.subarray(0, end));
    length += end;
    open = rest.length;
    if (length >= bytesAtOnce) {
      yield part(held);
      held = [];
      length = 0;
    } else held[held.length - 1] = Buffer.from(chunk.subarray(0, end));
    if (rest.length > 0) held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield part(held);
}

function joined(chunks: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines += 1;
  return lines;
}
