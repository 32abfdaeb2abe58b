import { decode, type Encoding } from '#src/files/encoding.ts';

/** One line of a text file, or why it cannot be read, without its content. */
export type FileLine =
  | { readonly number: number; readonly text: string; readonly ended: boolean }
  | { readonly number: number; readonly problem: LineProblem; readonly ended: boolean };

export type LineProblem =
  /** Longer than a line may be: its end was read and dropped. */
  | 'too-long'
  /** Not in the encoding of the file. */
  | 'encoding'
  /** Holds a NUL byte, which no text does. */
  | 'nul';

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from('\ufeff', 'utf8');

/**
 * The lines of a text file, as it comes: what ends a line is LF, with or without CR before it, and nothing else
 * (U+2028, U+2029 and NEL may stand within a JSON text). A byte order mark before the first line is not part of it.
 *
 * At most one line is held in memory, and of that at most `mostBytes`. `ended` is false for a last line without a line
 * feed: the file may have been cut there.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  mostBytes: number,
  encoding: Encoding = 'utf-8',
): AsyncGenerator<FileLine> {
  let number = 1;
  let held: Buffer[] = [];
  let length = 0;

  /** `copied`: the source may reuse the memory of its chunk. */
  function take(part: Buffer, copied = false): void {
    // A byte order mark and a CR are not counted.
    const room = mostBytes + 4 - length;
    const kept = part.subarray(0, Math.max(0, room));
    if (kept.length > 0) held.push(copied ? Buffer.from(kept) : kept);
    length += part.length;
  }

  function line(ended: boolean): FileLine {
    const read = readLine(Buffer.concat(held), { length, mostBytes, number, encoding });
    held = [];
    length = 0;
    number += 1;
    return { ...read, ended };
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      yield line(true);
    }
    take(chunk.subarray(start), true);
  }
  if (length > 0) yield line(false);
}

interface Held {
  /** Of the whole line, which is longer than what is held of it when it is too long. */
  readonly length: number;
  readonly mostBytes: number;
  readonly number: number;
  readonly encoding: Encoding;
}

function readLine(held: Buffer, { length, mostBytes, number, encoding }: Held) {
  const marked = number === 1 && held.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  const whole = held.length === length;
  const end = whole && held.at(-1) === carriageReturn ? length - 1 : length;
  if (!whole || end - marked > mostBytes) return { number, problem: 'too-long' } as const;
  const bytes = held.subarray(marked, end);
  if (bytes.includes(0)) return { number, problem: 'nul' } as const;
  const text = decode(bytes, encoding);
  return text === null ? ({ number, problem: 'encoding' } as const) : { number, text };
}
