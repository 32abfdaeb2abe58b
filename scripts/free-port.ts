import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * The ports below those that Linux gives to outgoing connections: until somebody listens on a free one, and while they do not
 * for a moment, no connection takes it.
 */
const first = 20_000;
const count = 12_000;

/** Processes that begin together take theirs from different places, and none takes one twice. */
let next = (process.pid * 128) % count;

/** A free TCP port of this machine. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < count; tries += 1) {
    const port = first + next;
    next = (next + 1) % count;
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
