import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { openServer } from '#src/workshop/network/server.ts';

interface Connection {
  readonly socket: Socket;
  readonly first: Promise<'answered' | 'closed'>;
  readonly closed: Promise<void>;
}

/** A room whose pages are `/`, which answers, and `/attente`, which never does. */
async function room(t: TestContext, most: { readonly ofOne: number; readonly all: number }) {
  const server = openServer(false, most);
  let working = 0;
  server.on('request', ({ url }, response) => {
    if (url === '/') response.end('oui');
    else working += 1;
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address instanceof Object);
  const { port } = address;
  const open: Connection[] = [];
  t.after(() => {
    for (const { socket } of open) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    /** A connection of somebody with an address of their own, and what comes over it first: an answer, or its end. */
    async enter(person: number, ...urls: readonly string[]): Promise<Connection> {
      const socket = connect({ host: '127.0.0.1', port, localAddress: `127.0.0.${person}` });
      const first = Promise.withResolvers<'answered' | 'closed'>();
      const closed = Promise.withResolvers<void>();
      socket.on('error', () => {});
      socket.on('data', () => first.resolve('answered'));
      socket.on('close', () => {
        first.resolve('closed');
        closed.resolve();
      });
      const one = { socket, first: first.promise, closed: closed.promise };
      open.push(one);
      await once(socket, 'connect');
      for (const url of urls) socket.write(`GET ${url} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      return one;
    },
    /** Resolves once the server has read what was sent to it. */
    async works(count: number): Promise<void> {
      while (working < count) await once(server, 'request');
    },
  };
}

test('who holds connections and says nothing gives way, the longest first; a request that goes on does not', async (t) => {
  const { enter, works } = await room(t, { ofOne: 3, all: 5 });
  const first = await enter(2, '/attente');
  await works(1);
  const second = await enter(2);
  const third = await enter(2, '/');
  assert.equal(await third.first, 'answered');

  const fourth = await enter(2, '/');
  assert.deepEqual(await Promise.all([second.first, fourth.first]), ['closed', 'answered']);

  // Somebody else is let in, however many the first holds.
  for (const person of [3, 4, 5]) assert.equal(await (await enter(person, '/')).first, 'answered');
  await third.closed;
  assert.equal(first.socket.destroyed, false);
});

test('where all of an address are at work, one more is turned away', async (t) => {
  const { enter, works } = await room(t, { ofOne: 2, all: 5 });
  await enter(2, '/attente');
  await enter(2, '/attente');
  await works(2);
  assert.equal(await (await enter(3, '/')).first, 'answered');
  assert.equal(await (await enter(2)).first, 'closed');
});
