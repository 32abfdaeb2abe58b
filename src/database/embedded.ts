import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { lockFolder } from '#src/database/lock-folder.ts';

/** The embedded PostgreSQL, reached by node-postgres through the stream it gives. */
export interface Embedded {
  /** One at a time: PGlite has a single session, so the pool's size must be 1. */
  stream(): Duplex;
  /** The whole data folder as a tar, to start another one from (tests). */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** AuthenticationOk and ReadyForQuery: PGlite has no log-in, so the start-up message is answered here. */
const greeting = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
const terminate = 0x58;

/** A connection to the worker's database, as node-postgres sees a socket. */
class WireStream extends Duplex {
  readonly #worker: Worker;
  #started = false;
  readonly #onReply = (reply: unknown) => {
    if (reply === 'ready') this.push(greeting);
    else if (reply instanceof Uint8Array)
      this.push(Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength));
  };

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
    worker.on('message', this.#onReply);
  }
  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {
    this.#worker.ref();
  }
  unref(): void {
    this.#worker.unref();
  }
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#send(chunk);
    done();
  }
  override _writev(chunks: readonly { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }
  override _final(done: () => void): void {
    this.#worker.off('message', this.#onReply);
    this.push(null);
    done();
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off('message', this.#onReply);
    done(error);
  }
  #send(bytes: Buffer): void {
    if (!this.#started) this.#worker.postMessage('reset');
    else if (bytes[0] !== terminate) this.#worker.postMessage(new Uint8Array(bytes));
    this.#started = true;
  }
}

/**
 * Opens the embedded database in `dataDir` (created if missing), or in memory when null.
 * Refuses a folder that another process has open: PGlite itself would let both write and lose one's commits.
 */
export async function openEmbedded(dataDir: string | null, template?: Uint8Array): Promise<Embedded> {
  const lock = dataDir === null ? null : await lockFolder(dataDir);
  const isNew = dataDir !== null && !existsSync(join(dataDir, 'PG_VERSION'));
  const worker = openWorker({
    dataDir,
    template: isNew ? await emptyCluster() : template,
    program: await compiled(),
  });
  return {
    stream: () => new WireStream(worker),
    dump: () =>
      new Promise((resolve) => {
        const onReply = (reply: unknown) => {
          if (!(reply instanceof Object) || !('dump' in reply) || !(reply.dump instanceof Uint8Array)) return;
          worker.off('message', onReply);
          resolve(reply.dump);
        };
        worker.on('message', onReply);
        worker.postMessage('dump');
      }),
    close: () =>
      new Promise((resolve) => {
        worker.ref();
        worker.once('exit', () => {
          lock?.close();
          resolve();
        });
        worker.postMessage('close');
      }),
  };
}

interface WorkerData {
  readonly dataDir: string | null;
  readonly template: Uint8Array | undefined;
  readonly program: object;
}

function openWorker(workerData: WorkerData): Worker {
  return new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
}

/** What this file needs of WebAssembly, which the types of Node.js leave to browsers. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

let program: Promise<object> | null = null;

/** PostgreSQL, compiled once in a process: all engines share its code, of which each function is compiled at its first use. */
function compiled(): Promise<object> {
  const path = fileURLToPath(import.meta.resolve('@electric-sql/pglite/pglite.wasm'));
  program ??= readFile(path).then((bytes) => WebAssembly.compile(bytes));
  return program;
}

/** The files of a new database, as PGlite publishes them: making them (initdb) takes two seconds and 200 MB. */
async function emptyCluster(): Promise<Uint8Array> {
  const { dataDir } = await import('@electric-sql/pglite-prepopulatedfs');
  return new Uint8Array(await (await dataDir()).arrayBuffer());
}
