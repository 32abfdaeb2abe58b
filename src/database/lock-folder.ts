import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another process works in the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** Keeps a folder (created if missing) for this process, until the server is closed or the process ends, however it ends. */
export async function lockFolder(folder: string, pathOf = socketPath): Promise<Server> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = pathOf(createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32));
  const lock = (await listenAt(path)) ?? (await listenAfterCrash(path));
  if (!lock) throw new FolderInUse(`The data folder ${folder} is in use by another process`);
  lock.unref();
  return lock;
}

/**
 * A listening socket named after the folder. On Linux and Windows it ends with its process; elsewhere it is a file that
 * a killed process leaves behind.
 */
function socketPath(name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\compte-${name}`;
  return process.platform === 'linux' ? `\0compte-${name}` : join(tmpdir(), `compte-${name}.sock`);
}

/** Null: something has this name. */
function listenAt(path: string): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.end());
    server.once('error', () => resolve(null));
    server.listen(path, () => resolve(server));
  });
}

/** The same for a file that nobody listens on any more. */
async function listenAfterCrash(path: string): Promise<Server | null> {
  const isFile = !path.startsWith('\0') && !path.startsWith('\\');
  if (!isFile || (await answers(path))) return null;
  rmSync(path, { force: true });
  return listenAt(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.resume();
  });
}
