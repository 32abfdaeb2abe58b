import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { systemRandom } from '#src/crypto/random.ts';
import { openHealth } from '#src/operations/health.ts';
import { logRequests, requestIds, retireConnections, serveHealth } from '#src/operations/requests.ts';

test('a response is logged under the pattern of its route, whatever its address holds', async () => {
  const served: { route: string; status: number }[] = [];
  const app = Fastify();
  logRequests(app, { requestServed: ({ route, status }) => served.push({ route, status }) });
  app.get('/validation-email/:token', async () => 'ok');
  await app.inject('/validation-email/q7HfX0bRk3uZt9Yw1LmN5pVc8sDa2eGj4iKoTxBvUyQ');
  await app.inject('/josette.durand@exemple.fr');
  assert.deepEqual(served, [
    { route: '/validation-email/:token', status: 200 },
    { route: '/*', status: 404 },
  ]);
  await app.close();
});

test('two processes never give two requests the same id', () => {
  const [one, other] = [requestIds(systemRandom), requestIds(systemRandom)];
  const names = [one(), one(), other(), other()];
  assert.equal(new Set(names).size, 4);
  for (const name of names) assert.match(name, /^req-[\da-z]{7}-[12]$/);
});

test('the public port answers /healthz and /readyz', async () => {
  const health = openHealth([]);
  const app = Fastify();
  serveHealth(app, health);
  assert.equal((await app.inject('/healthz')).statusCode, 200);
  assert.equal((await app.inject('/readyz')).statusCode, 200);
  health.stopping();
  assert.equal((await app.inject('/readyz')).statusCode, 503);
  assert.equal((await app.inject('/metrics')).statusCode, 404);
  await app.close();
});

test('a stopping process closes each connection after its response', async () => {
  const health = openHealth([]);
  const app = Fastify();
  retireConnections(app, health);
  app.get('/', async () => 'ok');
  assert.notEqual((await app.inject('/')).headers.connection, 'close');
  health.stopping();
  assert.equal((await app.inject('/')).headers.connection, 'close');
  assert.equal((await app.inject('/nowhere')).headers.connection, 'close');
  await app.close();
});
