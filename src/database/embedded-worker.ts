import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { flushFolder, unpackTar } from '#src/database/tar.ts';

/**
 * The thread that runs the embedded PostgreSQL (PGlite): bytes of the wire protocol in, bytes out.
 * Its queries never hold up the thread that answers requests.
 */

type InitOptions = Parameters<NodeFS['init']>[1];

/** `template`: the files of a new database as a tar, gzipped for a folder, plain for a database in memory. */
const { dataDir, template, program } = workerData;
/** `template1` and `template0`, from which databases would be made: two thirds of the files, which nobody opens here. */
const templateDatabases = ['base/1', 'base/4'];
/** A new folder is flushed as a whole, before the first query is answered: see `flushFolder`. */
let flushesEachFile = !template;

/** PGlite's Node file system has no fsync, so a commit would not survive a power cut: this one has. */
class DurableFileSystem extends NodeFS {
  override async init(pg: PGlite, options: InitOptions) {
    const result = await super.init(pg, options);
    result.emscriptenOpts.preRun?.push((module) => {
      const nodeFiles: unknown = Reflect.get(module, 'NODEFS');
      const operations: unknown = nodeFiles instanceof Object ? Reflect.get(nodeFiles, 'stream_ops') : null;
      if (!(operations instanceof Object)) throw new Error('PGlite no longer exposes NODEFS.stream_ops');
      Reflect.set(operations, 'fsync', (stream: { nfd: number }) => {
        if (flushesEachFile) fdatasyncSync(stream.nfd);
        return 0;
      });
    });
    return result;
  }
}

// PGlite could unpack into a folder itself, through the file system of its WebAssembly: that is three times the work.
// It is inflated in large pieces: 40 MB of small ones would be held twice, to be joined.
if (dataDir !== null && template) {
  const tar = gunzipSync(template, { chunkSize: 2 ** 20 });
  unpackTar(tar, dataDir, { last: 'PG_VERSION', without: templateDatabases });
}
const database =
  dataDir === null
    ? new PGlite({ pgliteWasmModule: program, ...(template ? { loadDataDir: new Blob([template]) } : {}) })
    : new PGlite({
        pgliteWasmModule: program,
        dataDir,
        fs: new DurableFileSystem(dataDir),
        startParams: [
          ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
          '-c',
          'wal_sync_method=fsync',
          // 128 MB by default: more than the whole database of a demo.
          '-c',
          'shared_buffers=16MB',
        ],
      });

const ready = async (): Promise<void> => {
  await database.waitReady;
  if (dataDir !== null && !flushesEachFile) await flushFolder(dataDir);
  flushesEachFile = true;
};
let turn: Promise<unknown> = ready();
parentPort?.on('message', (request: Uint8Array | 'reset' | 'close' | 'dump') => {
  turn = turn.then(async () => {
    if (request === 'reset') {
      await database.exec('rollback');
      await database.exec('discard all');
      parentPort?.postMessage('ready');
    } else if (request === 'close') {
      await database.close();
      parentPort?.close();
    } else if (request === 'dump') {
      const dump = await database.dumpDataDir('none');
      parentPort?.postMessage({ dump: new Uint8Array(await dump.arrayBuffer()) });
    } else {
      parentPort?.postMessage(await database.execProtocolRaw(request));
    }
  });
});
