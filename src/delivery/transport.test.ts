import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import PostalMime from 'postal-mime';
import { isServerDown } from '#src/delivery/server-away.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { smtpSink } from '#test/setting/notices.ts';

const mail = {
  id: '7d5a1c1e-0000-4000-8000-000000000001',
  to: 'élodie@example.fr',
  subject: 'Votre compte ameli - Confirmation de votre adresse mail',
  text: 'Œuvre, été, 12 €\n',
  html: '<p>Œuvre, été, 12 €</p>',
  language: 'fr',
  sentAt: new Date('2026-11-21T13:05:00Z'),
  ticket: 'a'.repeat(48),
  unsubscribe: null,
} as const;

const settings = {
  from: 'ne-pas-repondre@example.fr',
  fromName: 'Votre Assurance Maladie',
  publicUrl: 'https://compte.example.fr',
};

function transportTo(t: { after(run: () => void): void }, smtpUrl: string) {
  const transport = openMailTransport({ ...settings, smtpUrl });
  t.after(() => transport.close());
  return transport;
}

test('a mail arrives as it was written, under the Message-ID of its notice', async (t) => {
  const sink = await smtpSink(t);
  const transport = transportTo(t, sink.url);
  assert.deepEqual(await transport.send(mail), { state: 'handed-over' });
  const read = await PostalMime.parse(sink.messages[0] ?? '');
  assert.equal(read.messageId, `<${mail.id}@compte.example.fr>`);
  assert.deepEqual(read.from, { address: 'ne-pas-repondre@example.fr', name: 'Votre Assurance Maladie' });
  assert.equal(read.to?.[0]?.address, mail.to);
  assert.equal(read.subject, mail.subject);
  assert.equal(read.text?.trim(), mail.text.trim());
  assert.equal(read.html?.trim(), mail.html);
  assert.equal(read.date, '2026-11-21T13:05:00.000Z');
  assert.equal(read.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated');
});

test('an address never adds a recipient or a header', async (t) => {
  const sink = await smtpSink(t);
  const transport = transportTo(t, sink.url);
  await transport.send({ ...mail, to: 'a@example.fr, b@example.fr\r\nBcc: c@example.fr' });
  assert.equal(
    sink.messages.some((message) => /^bcc:/im.test(message)),
    false,
  );
});

for (const [where, code, expected] of [
  ['recipient', 450, { state: 'deferred', reason: 'smtp-450' }],
  ['recipient', 550, { state: 'refused', reason: 'smtp-550' }],
  ['message', 452, { state: 'deferred', reason: 'smtp-452' }],
  ['message', 554, { state: 'refused', reason: 'smtp-554' }],
] as const)
  test(`${code} for the ${where} is ${expected.state}, told without the server's words`, async (t) => {
    const sink = await smtpSink(t);
    sink.refuse(where, code, 1);
    assert.deepEqual(await transportTo(t, sink.url).send(mail), expected);
  });

test('a bounce has an address of its own, and a server that knows DSN is asked to tell', async (t) => {
  const sink = await smtpSink(t);
  const transport = openMailTransport({
    ...settings,
    smtpUrl: sink.url,
    bounceAddress: 'rebonds@example.fr',
  });
  t.after(() => transport.close());
  await transport.send({ ...mail, to: 'camille@example.fr' });
  assert.deepEqual(sink.envelopes, [
    {
      from: `rebonds+${mail.ticket}@example.fr`,
      to: 'camille@example.fr',
      dsn: { ret: 'HDRS', envid: mail.ticket, notify: ['FAILURE', 'DELAY'] },
    },
  ]);
  const read = await PostalMime.parse(sink.messages[0] ?? '');
  assert.equal(read.from?.address, settings.from, 'people see the usual sender');
});

test('what may be refused says how, in one click too', async (t) => {
  const sink = await smtpSink(t);
  const transport = transportTo(t, sink.url);
  await transport.send(mail);
  await transport.send({ ...mail, unsubscribe: 'https://compte.example.fr/courriels/desinscription/x' });
  const [service, reminder] = sink.messages.map((text) => text.replace(/\r\n[ \t]+/g, ' '));
  assert.doesNotMatch(service ?? '', /^List-/im);
  assert.match(
    reminder ?? '',
    /^List-Unsubscribe: <https:\/\/compte\.example\.fr\/courriels\/desinscription\/x>\r$/m,
  );
  assert.match(reminder ?? '', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
});

/** A server that speaks SMTP up to a given command, then does what the test wants. */
async function oddServer(t: TestContext, afterData: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 odd\r\n');
    let inData = false;
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n')) {
        if (inData && line === '.') afterData(socket);
        else if (/^DATA/i.test(line)) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (/^(EHLO|MAIL|RCPT|RSET)/i.test(line)) socket.write('250 fine\r\n');
      }
    });
    t.after(() => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  return `smtp://127.0.0.1:${address instanceof Object ? address.port : 0}`;
}

for (const [what, afterData] of [
  ['hangs after DATA', () => {}],
  [
    'drips its answer',
    (socket: Socket) => {
      const timer = setInterval(() => socket.write('250-slow\r\n'), 20).unref();
      socket.on('close', () => clearInterval(timer));
    },
  ],
] as const)
  test(`a server that ${what} is left, its connection with it, and holds nobody up`, async (t) => {
    /** What becomes of two mails, the next one too; null where the server had not even come to DATA or greeted in time. */
    const outcomes = async (silenceMs: number) => {
      const closed: Promise<unknown>[] = [];
      const smtpUrl = await oddServer(t, (socket) => {
        closed.push(new Promise((resolve) => socket.on('close', resolve)));
        afterData(socket);
      });
      const limits = { silenceMs, mostMs: 2 * silenceMs, connections: 1 };
      const transport = openMailTransport({ ...settings, smtpUrl, ...limits });
      t.after(() => transport.close());
      const both = [await transport.send(mail), await transport.send(mail)];
      await Promise.all(closed);
      return closed.length === 2 ? both : null;
    };
    const unanswered = { state: 'deferred', reason: 'unanswered' };
    // The server is of this process: on a slow machine it needs more time to be more than silent.
    let silenceMs = 100;
    let seen = await outcomes(silenceMs);
    while (!isDeepStrictEqual(seen, [unanswered, unanswered]) && silenceMs < 10_000) {
      silenceMs *= 2;
      seen = await outcomes(silenceMs);
    }
    assert.deepEqual(seen, [unanswered, unanswered]);
  });

test('a server that cuts the connection of one mail, and greets afterwards, is up', async (t) => {
  const smtpUrl = await oddServer(t, (socket) => socket.destroy());
  const outcome = await transportTo(t, smtpUrl).send(mail);
  assert.deepEqual(outcome, { state: 'deferred', reason: 'unanswered', detail: 'ECONNECTION' });
  assert.equal(isServerDown(outcome), false);
});

test('one that takes connections and does not greet is down', async (t) => {
  const server = createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const smtpUrl = `smtp://127.0.0.1:${address instanceof Object ? address.port : 0}`;
  const transport = openMailTransport({ ...settings, smtpUrl, silenceMs: 200, mostMs: 400 });
  t.after(() => transport.close());
  const outcome = await transport.send(mail);
  assert.deepEqual(outcome, { state: 'deferred', reason: 'timeout' });
  assert.equal(isServerDown(outcome), true);
});

test('a server that refuses everybody is not held against the mail', async (t) => {
  const server = createServer((socket) => socket.end('554 go away\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const smtpUrl = `smtp://127.0.0.1:${address instanceof Object ? address.port : 0}`;
  assert.deepEqual(await transportTo(t, smtpUrl).send(mail), { state: 'deferred', reason: 'server-554' });
});

test('a server that is away defers', async (t) => {
  const sink = await smtpSink(t);
  await sink.close();
  assert.deepEqual(await transportTo(t, sink.url).send(mail), {
    state: 'deferred',
    reason: 'connection',
    detail: 'ECONNREFUSED',
  });
});

test('the enhanced status of a refusal is reported, without the text beside it', async (t) => {
  const server = createServer((socket) => {
    const replies = ['220 hello', '250 hello', '250 2.1.0 ok', '550 5.1.1 <camille@example.fr> unknown'];
    socket.write(`${replies.shift()}\r\n`);
    socket.on('data', () => socket.write(`${replies.shift() ?? '250 2.0.0 ok'}\r\n`));
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const smtpUrl = `smtp://127.0.0.1:${address instanceof Object ? address.port : 0}`;
  assert.deepEqual(await transportTo(t, smtpUrl).send(mail), {
    state: 'refused',
    reason: 'smtp-550',
    detail: '5.1.1',
  });
});
