import assert from 'node:assert/strict';
import { test } from 'node:test';
import PostalMime from 'postal-mime';
import { smtpSink } from '#src/notices/testing.ts';
import { openMailTransport } from '#src/notices/transport.ts';

const mail = {
  id: '7d5a1c1e-0000-4000-8000-000000000001',
  to: 'élodie@example.fr',
  subject: 'Votre compte ameli - Confirmation de votre adresse mail',
  text: 'Œuvre, été, 12 €\n',
  html: '<p>Œuvre, été, 12 €</p>',
  language: 'fr',
  at: new Date('2026-11-21T13:05:00Z'),
  ticket: 'a'.repeat(48),
  unsubscribe: null,
} as const;

function transportTo(t: { after(run: () => void): void }, smtpUrl: string) {
  const transport = openMailTransport({
    smtpUrl,
    from: 'ne-pas-repondre@example.fr',
    fromName: 'Votre Assurance Maladie',
    publicUrl: 'https://compte.example.fr',
  });
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

test('a server that is away defers', async (t) => {
  const sink = await smtpSink(t);
  await sink.close();
  assert.deepEqual(await transportTo(t, sink.url).send(mail), { state: 'deferred', reason: 'connection' });
});
