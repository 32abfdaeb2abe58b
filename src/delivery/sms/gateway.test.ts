import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { openSmsGateway } from '#src/delivery/sms/gateway.ts';

const sms = { to: '+33639980001', text: 'compte ameli : 04215678', reference: crypto.randomUUID() };
const now = new Date('2026-11-21T13:05:00Z');

async function gateway(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  patience: { readonly mostMs?: number } = {},
) {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = address instanceof Object ? address.port : 0;
  return openSmsGateway({ url: `http://127.0.0.1:${port}/sms`, token: 'secret-token', ...patience });
}

test('an SMS is handed over as the contract says', async (t) => {
  const seen: unknown[] = [];
  const { send } = await gateway(t, async (request, response) => {
    const { authorization, 'idempotency-key': key, 'content-type': type } = request.headers;
    seen.push([request.method, request.url, authorization, key, type, await json(request)]);
    response.writeHead(202).end('{"id":"g-1"}');
  });
  assert.deepEqual(await send(sms, now), { state: 'handed-over' });
  assert.deepEqual(seen, [['POST', '/sms', 'Bearer secret-token', sms.reference, 'application/json', sms]]);
});

const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const answers: [string, number, Record<string, string>, string, object][] = [
  ['an id', 200, {}, '{"id":7}', { state: 'handed-over' }],
  ['no id', 200, {}, '{}', { state: 'deferred', reason: 'gateway-answer' }],
  ['no JSON', 201, {}, '<html>', { state: 'deferred', reason: 'gateway-answer' }],
  ['a novel', 200, {}, 'x'.repeat(100_000), { state: 'deferred', reason: 'connection' }],
  ['a redirect', 302, { location: 'http://127.0.0.1:1/' }, '', { state: 'deferred', reason: 'gateway-302' }],
  ['a wrong number', 400, {}, '{"error":"+33639980001"}', { state: 'refused', reason: 'sms-400' }],
  ['a barred number', 422, {}, '', { state: 'refused', reason: 'sms-422' }],
  ['a wrong token', 401, {}, '', { state: 'deferred', reason: 'gateway-401' }],
  [
    'too many',
    429,
    { 'retry-after': '120' },
    '',
    { state: 'deferred', reason: 'sms-429', notBefore: at(120) },
  ],
  [
    'too many until a date',
    429,
    { 'retry-after': at(600).toUTCString() },
    '',
    { state: 'deferred', reason: 'sms-429', notBefore: at(600) },
  ],
  [
    'far too long',
    503,
    { 'retry-after': '864000' },
    '',
    { state: 'deferred', reason: 'gateway-503', notBefore: at(3600) },
  ],
  ['nonsense', 503, { 'retry-after': 'soon' }, '', { state: 'deferred', reason: 'gateway-503' }],
];
for (const [what, status, headers, body, expected] of answers)
  test(`${status} with ${what}`, async (t) => {
    const { send } = await gateway(t, (_request, response) => response.writeHead(status, headers).end(body));
    assert.deepEqual(await send(sms, now), expected);
  });

test('a gateway that says nothing, drips, hangs up or is away defers', async (t) => {
  const silent = await gateway(t, () => {}, { mostMs: 300 });
  assert.deepEqual(await silent.send(sms, now), { state: 'deferred', reason: 'timeout' });
  const dripping = (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 50).unref();
    response.on('close', () => clearInterval(timer));
  };
  const drip = await gateway(t, dripping, { mostMs: 300 });
  assert.deepEqual(await drip.send(sms, now), { state: 'deferred', reason: 'timeout' });
  const rude = await gateway(t, (request) => request.socket.destroy());
  assert.deepEqual(await rude.send(sms, now), {
    state: 'deferred',
    reason: 'connection',
    detail: 'UND_ERR_SOCKET',
  });
  const away = openSmsGateway({ url: 'http://127.0.0.1:3/', token: 'x' });
  assert.deepEqual(await away.send(sms, now), {
    state: 'deferred',
    reason: 'connection',
    detail: 'ECONNREFUSED',
  });
});
