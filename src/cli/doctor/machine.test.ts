import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { examineMail } from '#src/cli/doctor/machine.ts';
import { examineScanner } from '#src/cli/doctor/scanner.ts';

/** A server of an authority that nobody knows: `smtp-server` brings such a certificate. */
async function openServer(t: { after(close: () => void): void }): Promise<number> {
  const server = new SMTPServer({ onAuth: (_auth, _session, done) => done(new Error('no')) });
  const net = server.listen(0, '127.0.0.1');
  await once(net, 'listening');
  t.after(() => server.close());
  const address = net.address();
  assert.ok(address && typeof address === 'object');
  return address.port;
}

test('a mail server whose certificate is not trusted is named as such', async (t) => {
  const { state, detail } = await examineMail(`smtp://compte:geheim@127.0.0.1:${await openServer(t)}`);
  assert.equal(state, 'failed');
  assert.match(detail, /\((connection|tls) [A-Z_]*(CERT|SIGNATURE)[A-Z_]*\)$/);
});

test('a mail server that is not there is named as such, and which of the two it is', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  server.close();
  await once(server, 'close');
  const found = await examineMail(`smtp://127.0.0.1:${address.port}`, 'second mail');
  assert.deepEqual(found, {
    about: 'second mail',
    state: 'failed',
    detail: 'the SMTP server cannot be used (connection ECONNREFUSED)',
  });
});

test('a scanner for viruses that does not answer is said to take no file', async (t) => {
  assert.equal((await examineScanner(null)).state, 'ok');
  const server = createServer((socket) => socket.on('data', () => socket.end('PONG\0'))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const here = { host: '127.0.0.1', port: address.port };
  assert.deepEqual(await examineScanner(here), {
    about: 'virus scanner',
    state: 'ok',
    detail: 'clamd answers',
  });
  assert.equal((await examineScanner({ path: '/tmp/no-clamd-here' })).state, 'failed');
});
