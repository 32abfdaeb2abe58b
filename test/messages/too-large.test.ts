import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { listDrafts } from '#src/archive/draft.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { messageIn, readMessages } from '../setting/messages.ts';

const venturi = personNamed('venturi');

test('a form beyond all limits is answered before it has come, with what was typed, and ends its connection', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await readMessages(site);
  const visitor = await signedInVisitor(site, venturi);
  const message = messageIn(await visitor.get(paths.messageWrite));
  await site.app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = site.app.addresses();
  assert.ok(typeof address === 'object');
  const part = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = part('_csrf', visitor.csrf) + part('message', message) + part('texte', 'Mon texte');
  const file =
    '--x\r\nContent-Disposition: form-data; name="pieces"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n';
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const head = [
    `POST ${paths.messageWrite} HTTP/1.1`,
    `Host: localhost:${address.port}`,
    `Cookie: ${cookie}`,
    'Content-Type: multipart/form-data; boundary=x',
    `Content-Length: ${2 * 1024 ** 3}`,
  ];
  const socket = connect(address.port, '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${fields}${file}`);
  const answer = await text(socket);
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /connection: close/i);
  assert.match(answer, /Mon texte<\/textarea>/);
  assert.match(answer, /il dépasse 10\u00a0Mo/);
  const { db, keyring, clock } = site.services;
  assert.deepEqual(await listDrafts(db, keyring, personKeys(keyring, venturi.line.nir), clock.now()), []);
});
