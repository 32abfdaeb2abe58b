import assert from 'node:assert/strict';
import { createHash, createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { openMailTransport } from '#src/delivery/transport.ts';
import { smtpSink } from '#test/setting/notices.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** RFC 6376, relaxed/relaxed, for one signature made with SHA-256: an implementation of its own. */
function verify(message: string): { tags: Map<string, string>; body: boolean; signature: boolean } {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.slice(0, end).split(/\r\n(?![ \t])/);
  const find = (name: string) =>
    headers.findLast((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const relaxed = (line: string) => {
    const [, name = '', value = ''] = /^([^:]+):([\s\S]*)$/.exec(line) ?? [];
    return `${name.toLowerCase().trim()}:${value
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const own = find('DKIM-Signature') ?? '';
  const tags = new Map(
    own
      .slice(own.indexOf(':') + 1)
      .replace(/\s+/g, '')
      .split(';')
      .map((tag): [string, string] => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
  const body = `${message
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trimEnd())
    .join('\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  const signed = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const line = find(name);
    return line ? [`${relaxed(line)}\r\n`] : [];
  });
  const unsigned = relaxed(own).replace(/b=[^;]*$/, 'b=');
  return {
    tags,
    body: createHash('sha256').update(body).digest('base64') === tags.get('bh'),
    signature: createVerify('sha256')
      .update(signed.join('') + unsigned)
      .verify(createPublicKey(publicKey), tags.get('b') ?? '', 'base64'),
  };
}

test('a signed mail can be verified, and covers what providers look at', async (t) => {
  const sink = await smtpSink(t);
  const transport = openMailTransport({
    smtpUrl: sink.url,
    from: 'ne-pas-repondre@compte.example.fr',
    fromName: 'Votre Assurance Maladie',
    publicUrl: 'https://compte.example.fr',
    dkim: { domain: 'example.fr', selector: 'c2026', key: privateKey },
  });
  t.after(() => transport.close());
  await transport.send({
    id: crypto.randomUUID(),
    ticket: 'a'.repeat(48),
    to: 'élodie@example.fr',
    subject: 'Votre compte ameli - Il reste à valider votre adresse mail',
    text: 'Œuvre,  été \n.\n\n12 €\n\n',
    html: '<p>Œuvre, été, 12 €</p>',
    language: 'fr',
    sentAt: new Date('2026-11-21T13:05:00Z'),
    unsubscribe: 'https://compte.example.fr/courriels/desinscription/x',
  });
  const [message = ''] = sink.messages;
  const { tags, body, signature } = verify(message);
  assert.deepEqual({ body, signature }, { body: true, signature: true });
  assert.deepEqual(
    ['v', 'a', 'c', 'd', 's'].map((tag) => tags.get(tag)),
    ['1', 'rsa-sha256', 'relaxed/relaxed', 'example.fr', 'c2026'],
  );
  const covered = (tags.get('h') ?? '').toLowerCase().split(':');
  for (const name of [
    'from',
    'to',
    'subject',
    'date',
    'message-id',
    'list-unsubscribe',
    'list-unsubscribe-post',
  ])
    assert.ok(covered.includes(name), name);
  assert.equal(
    verify(message.replace(/^Subject: /m, 'Subject: Re: ')).signature,
    false,
    'the check sees a change',
  );
  assert.equal(verify(message.replace(/\r\n\r\n/, '\r\n\r\nx')).body, false);
});
