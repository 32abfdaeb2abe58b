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
const bytesAtOnce = 524_288;
/** With a last line that is too long, and seen to be. */
const mostBytesOfPart = bytesAtOnce + mostBytesOfRecord + 8;
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
 * The bytes of a text file by half megabytes, cut where lines end: at the same places however the bytes arrive. Of a line
 * that is too long to be read only so much is kept as shows that.
 */
export async function* partsOfBytes(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<FilePart> {
  let number = 0;
  let firstLine = 1;
  let held = new Uint8Array(mostBytesOfPart + 1);
  let length = 0;
  let dropped = false;

  function hold(taken: Buffer): void {
    const kept = taken.subarray(0, mostBytesOfPart - length);
    dropped ||= kept.length < taken.length;
    held.set(kept, length);
    length += kept.length;
  }

  function part(): FilePart {
    if (dropped) held[length++] = newline;
    const content = { kind: 'bytes', bytes: held.subarray(0, length), encoding, firstLine } as const;
    firstLine += linesIn(content.bytes);
    number += 1;
    // Its memory goes to the thread that reads the part.
    held = new Uint8Array(mostBytesOfPart + 1);
    length = 0;
    dropped = false;
    return { number: number - 1, content };
  }

  for await (const chunk of bytes) {
    let rest = chunk;
    for (let end = endOfPart(rest, length); end > 0; end = endOfPart(rest, length)) {
      hold(rest.subarray(0, end));
      rest = rest.subarray(end);
      yield part();
    }
    hold(rest);
  }
  if (length > 0) yield part();
}

/** Where a part ends that has so many bytes already: after the first line end once it is large enough; else 0. */
function endOfPart(bytes: Buffer, length: number): number {
  return bytes.indexOf(newline, Math.max(0, bytesAtOnce - 1 - length)) + 1;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines += 1;
  return lines;
}
