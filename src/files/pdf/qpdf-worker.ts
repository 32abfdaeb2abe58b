import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import openQpdf from '@neslinesli93/qpdf-wasm';
import { type PdfProblem, readPdfJson } from '#src/files/pdf/pdf-contents.ts';

/** What this file needs of WebAssembly, which the types of Node.js leave to browsers. */
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(this: GrowingMemory, pages: number): number;
}
declare const WebAssembly: { readonly Memory: { readonly prototype: GrowingMemory } };

/** Memory of qpdf: the file, its objects, and the largest of its unpacked streams twice. */
const mostBytes = 192 * 1024 * 1024;
const pageBytes = 65_536;
/** Lines that qpdf may print: what a document of 50,000 objects needs. */
const mostLines = 2_000_000;

/** Ends qpdf in the middle of what it prints. */
class Stop extends Error {}

const program = fileURLToPath(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm'));

/** The memory of WebAssembly grows through this method only; the limits of a thread do not count it. */
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function growWithin(pages) {
  if (this.buffer.byteLength + pages * pageBytes > mostBytes)
    throw new RangeError('qpdf may not grow further');
  return grow.call(this, pages);
};

/** What qpdf prints goes to these two; a new qpdf takes them over when it is opened. */
interface Printed {
  readonly line: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Runs qpdf once, in a new memory, and returns its exit code; null when it ended without one. */
async function run(bytes: Uint8Array, options: readonly string[], printed: Printed): Promise<number | null> {
  console.log = printed.line;
  console.error = printed.error;
  const qpdf = await openQpdf({ locateFile: () => program });
  putFile(qpdf.FS, bytes);
  try {
    return qpdf.callMain([...options]);
  } catch {
    return null;
  }
}

/** The types of the package do not name this function. */
function putFile(fs: object, bytes: Uint8Array): void {
  if (!('writeFile' in fs) || typeof fs.writeFile !== 'function') throw new Error('qpdf takes no files');
  fs.writeFile('/file.pdf', bytes);
}

/** What is wrong with a PDF: its contents, then whether all of its streams can be unpacked in the memory there is. */
async function judge(bytes: Uint8Array): Promise<PdfProblem | null> {
  const errors: string[] = [];
  const error = (text: string) => {
    if (errors.length < 100) errors.push(text.slice(0, 500));
  };
  const reading = readPdfJson();
  let found: PdfProblem | null = null;
  let lines = 0;
  const line = (text: string) => {
    lines += 1;
    found ??= lines > mostLines ? 'too-complex' : reading.line(text);
    if (found) throw new Stop();
  };
  const describe = [
    '--json=2',
    '--json-stream-data=none',
    '--json-key=encrypt',
    '--json-key=qpdf',
    '/file.pdf',
  ];
  const described = await run(bytes, describe, { line, error });
  if (found) return found;
  if (described !== 0) return failure(described, errors);
  const contents = reading.end();
  if (contents) return contents;
  const unpack = ['--stream-data=uncompress', '--decode-level=specialized', '/file.pdf', '/dev/null'];
  const unpacked = await run(bytes, unpack, { line: () => {}, error });
  return unpacked === 0 ? null : failure(unpacked, errors);
}

function failure(code: number | null, errors: readonly string[]): PdfProblem {
  const said = errors.join('\n');
  if (said.includes('invalid password')) return 'encrypted';
  return code === null || said.includes('bad_alloc') ? 'too-complex' : 'damaged';
}

/** Linux gives each thread its own priority: pages do not wait for a file. */
function yieldToPages(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, 15);
  } catch {
    // Elsewhere the threads share one priority.
  }
}

yieldToPages();
parentPort?.on('message', (bytes: Uint8Array) => {
  judge(bytes).then(
    (problem) => parentPort?.postMessage({ problem }),
    // Ends the thread, which rejects the promise of the caller.
    (error: unknown) => setImmediate(() => Promise.reject(error)),
  );
});
