import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import Fastify from 'fastify';
import { stopAccepting } from '#src/web/http/closing.ts';

const portOf = (address: string) => Number(new URL(address).port);

test('connections accepted before the port closed are still read: a proxy may have sent a form on them', async () => {
  const app = Fastify();
  app.post('/', async (_request, reply) => reply.header('connection', 'close').send('taken'));
  const port = portOf(await app.listen({ host: '127.0.0.1', port: 0 }));
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  // Not yet accepted by the process when it is asked to stop.
  const late = connect(port, '127.0.0.1');

  const stopping = stopAccepting(app, 5_000);
  await once(late, 'connect');
  while (app.server.listening) await new Promise((resolve) => setImmediate(resolve));
  const refused = connect(port, '127.0.0.1');
  const [error] = await once(refused, 'error');
  assert.equal(error.code, 'ECONNREFUSED');
  for (const socket of [silent, late]) {
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
    assert.match(await text(socket), /^HTTP\/1\.1 200 [\s\S]*taken$/);
  }
  await stopping;
  await app.close();
});

test('idle connections do not delay the end of the process beyond the limit', async () => {
  const app = Fastify();
  const port = portOf(await app.listen({ host: '127.0.0.1', port: 0 }));
  const silent = connect(port, '127.0.0.1').resume();
  await once(silent, 'connect');
  const ended = once(silent, 'close');
  await stopAccepting(app, 50);
  await app.close();
  await ended;
});
