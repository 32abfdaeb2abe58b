import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { withFilesMs } from '#src/web/http/arrival-time.ts';

/** Thirty learners behind one box have one address, with six connections each; a proxy has one for everybody. */
const connections = { ofOne: 250, all: 3_000 };

/** The server of a workshop, with the limits of the product’s own; nobody in the room may take all of its connections. */
export function openServer(trustProxy: string | false): Server {
  const { all } = connections;
  const ofOne = trustProxy === false ? connections.ofOne : all;
  const server = createServer({
    requestTimeout: withFilesMs,
    headersTimeout: 10_000,
    keepAliveTimeout: 61_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false,
  });
  server.maxConnections = all;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const client = socket.remoteAddress ?? '';
    const count = (open.get(client) ?? 0) + 1;
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left > 0) open.set(client, left);
      else open.delete(client);
    });
    if (count > ofOne) socket.destroy();
  });
  return server;
}
