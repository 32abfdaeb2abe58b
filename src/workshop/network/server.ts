import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { withFilesMs } from '#src/web/http/arrival-time.ts';

/** Thirty learners behind one box have one address, with six connections each; a proxy has one for everybody. */
const connections = { ofOne: 250, all: 3_000 };

/**
 * The server of a workshop, with the limits of the product’s own. Nobody in the room keeps the others out: who comes when
 * there are too many takes the place of the connection that has been idle longest, of the same address or of the one that
 * has most; where all are at work, they are turned away.
 */
export function openServer(trustProxy: string | false, most = connections): Server {
  const { all } = most;
  const ofOne = trustProxy === false ? most.ofOne : all;
  const server = createServer({
    requestTimeout: withFilesMs,
    headersTimeout: 10_000,
    keepAliveTimeout: 61_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false,
  });
  /** By address, in the order of their last answer: those at work are not idle. */
  const clients = new Map<string, { readonly open: Set<Socket>; readonly idle: Set<Socket> }>();
  let count = 0;
  const largest = (): string => {
    const [first = ''] = [...clients]
      .toSorted(([, a], [, b]) => b.open.size - a.open.size)
      .map(([key]) => key);
    return first;
  };
  /** The newcomer is idle too, and the last of them: without another, it is the one that goes. */
  const makeRoom = (client: string, newcomer: Socket): void => {
    const [longest = newcomer] = clients.get(client)?.idle ?? [];
    longest.destroy();
  };
  server.on('connection', (socket: Socket) => {
    const client = socket.remoteAddress ?? '';
    const own = clients.get(client) ?? { open: new Set(), idle: new Set() };
    clients.set(client, own);
    own.open.add(socket);
    own.idle.add(socket);
    count += 1;
    socket.once('close', () => {
      count -= 1;
      own.open.delete(socket);
      own.idle.delete(socket);
      if (own.open.size === 0) clients.delete(client);
    });
    if (own.open.size > ofOne) makeRoom(client, socket);
    else if (count > all) makeRoom(largest(), socket);
  });
  server.on('request', ({ socket }, response) => {
    const own = clients.get(socket.remoteAddress ?? '');
    own?.idle.delete(socket);
    response.once('close', () => {
      if (own?.open.has(socket)) own.idle.add(socket);
    });
  });
  return server;
}
