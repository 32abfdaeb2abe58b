import assert from 'node:assert/strict';
import { once } from 'node:events';
import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { securityHeaders } from '#src/web/http/security-headers.ts';
import { testApp } from '../setting/application.ts';

/** The application on a port, and what it answers to bytes. */
async function listening(t: Parameters<typeof testApp>[0]) {
  const counted: string[] = [];
  const site = await testApp(t);
  const { events } = site.services;
  Object.assign(events, { unreadable: (reason: string) => counted.push(reason) });
  await site.app.listen({ port: 0, host: '127.0.0.1' });
  const [address] = site.app.addresses();
  if (typeof address !== 'object') throw new Error('It listens on a port');
  const { port } = address;
  return {
    counted,
    async say(bytes: string | Buffer, { end = true } = {}): Promise<string> {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      if (end) socket.end(bytes);
      else socket.write(bytes);
      return text(socket).catch(() => '');
    },
  };
}

const host = 'Host: localhost\r\nConnection: close\r\n';
const cases: readonly [name: string, bytes: string | Buffer, status: number, counted: string | null][] = [
  ['no request', 'BONJOUR\r\n\r\n', 400, 'line'],
  ['another protocol', Buffer.from('16030100f5010000f10303', 'hex'), 400, 'line'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'line'],
  ['a method that is none', `BREW / HTTP/1.1\r\n${host}\r\n`, 400, 'line'],
  ['a version that is none', `GET / HTTP/9.9\r\n${host}\r\n`, 400, 'line'],
  ['a header without a name', `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`, 400, 'line'],
  ['a null character', `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400, 'line'],
  ['two lengths', `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400, 'line'],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    'line',
  ],
  ['headers too long', `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers'],
  ['an address too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431, 'headers'],
  ['an expectation', `POST / HTTP/1.1\r\n${host}Expect: miracles\r\n\r\n`, 417, 'expectation'],
  ['a tunnel', `CONNECT exemple.fr:443 HTTP/1.1\r\n${host}\r\n`, 405, 'method'],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 421, null],
  ['HTTP/1.0 without a host', 'GET / HTTP/1.0\r\n\r\n', 421, null],
  ['an empty host', 'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', 421, null],
  ['an address that cannot be read', `GET /%E0%A4%A HTTP/1.1\r\n${host}\r\n`, 400, null],
  ['a form to such an address', `POST /% HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\na=b`, 400, null],
  ['a program’s such address', `GET /api/v1/% HTTP/1.1\r\n${host}\r\n`, 404, null],
  ['a parameter too long', `GET /validation-email/${'a'.repeat(500)} HTTP/1.1\r\n${host}\r\n`, 400, null],
  [
    'a change of protocol',
    `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    200,
    null,
  ],
  ['the server as such', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 404, null],
];

test('whatever reaches the port gets one answer of ours, with every security header', async (t) => {
  const { say, counted } = await listening(t);
  const expected = Object.keys(securityHeaders(false));
  for (const [name, bytes, status, reason] of cases) {
    counted.length = 0;
    const answer = await say(bytes);
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), `${name}: ${answer.slice(0, 60)}`);
    const head = answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase();
    for (const header of expected) assert.ok(head.includes(`\r\n${header}: `), `${name}: ${header}`);
    assert.deepEqual(counted, reason === null ? [] : [reason], name);
    assert.doesNotMatch(answer, /FST_|HPE_|at .*\.js/, name);
    if (status >= 400 && !bytes.includes('/api/'))
      assert.match(answer, /<html lang="fr"[\s\S]*href="tel:3646"/, `${name}: a page in French`);
  }
  for (const method of METHODS.filter((name) => name !== 'CONNECT')) {
    const answer = await say(`${method} / HTTP/1.1\r\n${host}\r\n`);
    assert.match(answer, /^HTTP\/1.1 (200|400|404) /, `${method}: ${answer.slice(0, 60)}`);
    const head = answer.toLowerCase();
    for (const header of expected) assert.ok(head.includes(`\r\n${header}: `), `${method}: ${header}`);
  }
  assert.match(await say(`GET / HTTP/1.1\r\n${host}\r\n`), /^HTTP\/1.1 200 /, 'the next visitor is served');
});

test('an unfinished request gets a 408, with the same headers', async (t) => {
  const { say, counted } = await listening(t);
  const [slowHead, slowBody] = await Promise.all([
    say('GET / HTTP/1.1\r\nHost: localhost\r\n', { end: false }),
    say(
      'POST /connexion HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nab',
      { end: false },
    ),
  ]);
  for (const answer of [slowHead, slowBody]) {
    assert.match(answer, /^HTTP\/1.1 408 /);
    assert.match(answer, /content-security-policy: default-src 'none'/);
  }
  assert.deepEqual(counted, ['time', 'time']);
});
