import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type ForeignFormat, foreignFormat, formatAdvice, formatBytes } from '#src/files/formats.ts';

/** A file that cannot be read, or is not what it should be: the message says why, and what to do. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

export interface OpenFile {
  /** Its content, decompressed when it is gzip or zstd. Throws `UnusableFile` where it is damaged. */
  readonly bytes: AsyncIterable<Buffer>;
  readonly compressed: boolean;
  /** When it was last written to; null for a pipe. */
  readonly modifiedAt: Date | null;
  /** How much was read, from 0 to 1; null when the end is not known. */
  share(): number | null;
  /** Of the file before decompression, once all of it was read. */
  sha256(): Buffer;
  close(): Promise<void>;
}

/** Below this size any compression ratio is accepted; beyond it, at most `mostInflated` times the compressed bytes. */
const freelyInflatedBytes = 64 * 1024 * 1024;
const mostInflated = 100;

/**
 * Opens a file, or a pipe (`-`: `stdin`), to be read once. gzip and zstd are decompressed on the way. Throws `UnusableFile` for a
 * file that is missing, may not be read, or is a directory or a device; and for one in another format than lines of
 * text, named in the message, unless the caller reads that format too (`alsoReads`).
 */
export async function openFile(
  path: string,
  stdin: Readable,
  alsoReads: readonly ForeignFormat[] = [],
): Promise<OpenFile> {
  const handle = path === '-' ? null : await opened(path);
  const before = await handle?.stat();
  const size = before?.isFile() ? before.size : null;
  const stream = handle ? createReadStream('', { fd: handle, autoClose: false }) : stdin;
  const digest = createHash('sha256');
  let read = 0;

  async function* raw(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        const bytes = Buffer.from(chunk);
        read += bytes.length;
        digest.update(bytes);
        yield bytes;
      }
    } catch (error) {
      throw unusable(error);
    }
    const after = await handle?.stat();
    if (before?.isFile() && after && (after.size !== before.size || after.mtimeMs !== before.mtimeMs))
      throw new UnusableFile('the file was written to while it was read: wait until it is complete');
  }

  try {
    const source = await peeked(raw());
    const compression = compressionOf(source.start);
    const plain = compression ? await peeked(inflated(source.bytes, compression, () => read)) : source;
    const foreign = foreignFormat(plain.start);
    if (foreign && !alsoReads.includes(foreign)) {
      const [name, remedy] = formatAdvice[foreign];
      throw new UnusableFile(`the file is ${name}: ${remedy}`);
    }
    return {
      bytes: plain.bytes,
      compressed: compression !== null,
      modifiedAt: size === null || !before ? null : before.mtime,
      share: () => (size ? read / size : null),
      sha256: () => digest.copy().digest(),
      close: async () => {
        stream.destroy();
        await handle?.close();
      },
    };
  } catch (error) {
    stream.destroy();
    await handle?.close();
    throw error;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    // Checked before opening: opening a pipe waits for its writer.
    const kind = await stat(path);
    if (kind.isDirectory()) throw new UnusableFile('this is a directory: name the file in it');
    if (!kind.isFile() && !kind.isFIFO()) throw new UnusableFile('this is a device or a socket, not a file');
    return await open(path);
  } catch (error) {
    throw unusable(error);
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'the file may not be read by this user',
  EPERM: 'the file may not be read by this user',
  EISDIR: 'this is a directory: name the file in it',
  ENAMETOOLONG: 'the name of the file is too long',
  ELOOP: 'the file is a link that leads back to itself',
};

/** An error of the file system as `UnusableFile` with a message in words; any other error unchanged. */
function unusable(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  return new UnusableFile(words[error.code] ?? `the file cannot be read (${error.code})`);
}

/** The first bytes, and all bytes including these. */
async function peeked(
  chunks: AsyncGenerator<Buffer>,
): Promise<{ readonly start: Buffer; readonly bytes: AsyncGenerator<Buffer> }> {
  const first: Buffer[] = [];
  let length = 0;
  while (length < formatBytes) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const start = Buffer.concat(first);
  async function* bytes(): AsyncGenerator<Buffer> {
    yield start;
    yield* chunks;
  }
  return { start: start.subarray(0, formatBytes), bytes: bytes() };
}

type Compression = 'gzip' | 'zstd';

function compressionOf(start: Buffer): Compression | null {
  const format = foreignFormat(start);
  return format === 'gzip' || format === 'zstd' ? format : null;
}

/** Decompresses, and stops when the content grows beyond any register. */
async function* inflated(
  compressed: AsyncGenerator<Buffer>,
  compression: Compression,
  read: () => number,
): AsyncGenerator<Buffer> {
  const decompressor = compression === 'gzip' ? createGunzip() : createZstdDecompress();
  let broken: unknown;
  pipeline(Readable.from(compressed), decompressor, (error) => {
    broken = error;
  });
  let length = 0;
  try {
    for await (const chunk of decompressor) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > freelyInflatedBytes && length > read() * mostInflated)
        throw new UnusableFile(
          `the file grows more than ${mostInflated} times when it is decompressed: no register does`,
        );
      yield bytes;
    }
  } catch (error) {
    const cause = broken ?? error;
    if (cause instanceof UnusableFile) throw cause;
    throw new UnusableFile('the compressed file is damaged or cut short: have it sent again');
  }
}

/**
 * A whole small file as text: UTF-8, else Windows-1252 (which spreadsheets write), without its byte order mark. Throws
 * `UnusableFile` when it is larger than `mostBytes`.
 */
export async function wholeText({ bytes }: Pick<OpenFile, 'bytes'>, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > mostBytes)
      throw new UnusableFile(
        `the file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB: it is another one`,
      );
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  return new TextDecoder(isUtf8(whole) ? 'utf-8' : 'windows-1252').decode(whole);
}
