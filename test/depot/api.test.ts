import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { z } from 'zod';
import { listDocuments } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { requestsPerMinute } from '#src/depot/api/gate.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { disablingSender, replacingKeys } from '#src/senders/sender.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import type { TestApp } from '../setting/application.ts';
import { page, pdf } from '../setting/made-files.ts';
import { sendOne } from '../setting/messages.ts';
import { audience, openedApi as opened, outcomesOf, problemOf, SenderProgram } from './program.ts';
import { consultation, paymentItem } from './senders.ts';

const { nir } = personNamed('venturi').line;
const payment = (id: string) => paymentItem(nir, id, consultation('2026-02-27'));
const letter = pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]);

async function payments({ services }: TestApp): Promise<number> {
  return (await services.db.selectFrom('payment').select('id').execute()).length;
}

test('a sender signs in with a key of each kind, once with each assertion', async (t) => {
  const { site, app } = await opened(t);
  for (const algorithm of ['ES256', 'RS256', 'EdDSA'] as const) {
    const program = await new SenderProgram(site, app, `caisse-${algorithm.toLowerCase()}`, algorithm).add();
    const assertion = await program.assertion();
    const first = await program.askToken(assertion);
    assert.equal(first.statusCode, 200, algorithm);
    assert.equal(first.headers['cache-control'], 'no-store');
    assert.deepEqual(z.looseObject({}).parse(first.json()).token_type, 'Bearer');
    assert.equal((await program.askToken(assertion)).statusCode, 401, 'replayed');
  }
  const racer = await new SenderProgram(site, app, 'caisse-racer').add();
  const assertion = await racer.assertion();
  const answers = await Promise.all([1, 2, 3, 4].map(() => racer.askToken(assertion)));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 401, 401, 401]);
});

test('nobody signs in with a wrong assertion, another’s key, or while disabled', async (t) => {
  const { site, program } = await opened(t);
  const caisse = await program('caisse-631').add();
  const mutuelle = await program('mutuelle-m').add(['payments']);
  const now = Math.floor(site.clock.now().getTime() / 1000);
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const [, body = ''] = (await caisse.assertion()).split('.');
  const shared = Buffer.from(JSON.stringify({ alg: 'HS256' })).toString('base64url');
  const secret = JSON.stringify(caisse.publicKeys().keys[0]);
  const mac = createHmac('sha256', secret).update(`${shared}.${body}`).digest('base64url');
  const wrong = [
    await mutuelle.assertion({ iss: caisse.code, sub: caisse.code }),
    await caisse.assertion({ sub: mutuelle.code }),
    await caisse.assertion({ aud: 'https://compte.example.fr/api/depot/v1/token' }),
    await caisse.assertion({ aud: [audience, 'https://elsewhere.example'] }),
    await caisse.assertion({ exp: now - 60 }),
    await caisse.assertion({ exp: now + 3_600 }),
    await caisse.assertion({ jti: undefined }),
    await caisse.assertion({ nbf: now + 3_600 }),
    await program('nobody').assertion(),
    `${none}.${body}.`,
    `${shared}.${body}.${mac}`,
    'a.b.c',
  ];
  for (const assertion of wrong) {
    const answer = await caisse.askToken(assertion);
    assert.equal(answer.statusCode, 401);
    assert.deepEqual(answer.json(), { error: 'invalid_client' });
  }
  assert.equal(
    (await caisse.askToken(await caisse.assertion(), { client_id: mutuelle.code })).statusCode,
    401,
  );
  assert.equal((await caisse.askToken(await caisse.assertion(), { grant_type: 'password' })).statusCode, 400);
  assert.equal((await mutuelle.askToken(await mutuelle.assertion(), { scope: 'rights' })).statusCode, 400);

  // A token ends with the sender, and with its keys.
  await caisse.signIn();
  assert.deepEqual(outcomesOf(await caisse.post('/deposits', { deposits: [payment('P-1')] })), ['accepted']);
  const { db } = site.services;
  await db.executeQuery(disablingSender(db, caisse.code, site.clock.now()).compile());
  assert.equal((await caisse.askToken(await caisse.assertion())).statusCode, 401);
  assert.equal(problemOf(await caisse.post('/deposits', { deposits: [payment('P-2')] })), 'unauthenticated');
  await db.executeQuery(disablingSender(db, caisse.code, null).compile());
  assert.deepEqual(outcomesOf(await caisse.post('/deposits', { deposits: [payment('P-2')] })), ['accepted']);
  // Also one whose body was still coming.
  const late = await caisse.postSlowly('/deposits', { deposits: [payment('P-3')] }, () =>
    db.executeQuery(disablingSender(db, caisse.code, site.clock.now()).compile()),
  );
  assert.equal(problemOf(late), 'unauthenticated');
  await db.executeQuery(disablingSender(db, caisse.code, null).compile());
  await db.executeQuery(replacingKeys(db, caisse.code, program('other').publicKeys()).compile());
  assert.equal(problemOf(await caisse.post('/deposits', { deposits: [payment('P-3')] })), 'unauthenticated');
  await mutuelle.signIn();
  site.clock.advance(600_000);
  assert.equal(
    problemOf(await mutuelle.post('/deposits', { deposits: [payment('P-3')] })),
    'unauthenticated',
  );
  assert.equal(await payments(site), 2);
});

test('each deposit has its own outcome, and a lost answer is given again', async (t) => {
  const { site, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const { nir: _, ...nobody } = payment('P-9');
  const sent = {
    deposits: [
      payment('P-1'),
      payment('P-1'),
      { ...payment('P-2'), amount: 3 },
      nobody,
      7,
      paymentItem('2990775056012', 'P-3', consultation('2026-02-27')),
      {
        kind: 'document',
        id: 'D-1',
        nir,
        document: { title: 'Relevé', rank: 1, matters: true, file: 'a.pdf' },
      },
    ],
  };
  const outcomes = [
    'accepted',
    'repeated',
    'amount: unknown-field',
    'nir: missing',
    'line: invalid',
    'nir: unknown-person',
    'document.file: file-missing',
  ];
  const key = '0d6f2f9e-6f0f-4c83-9f0e-3a1f5b0f7c11';
  const first = await caisse.post('/deposits', sent, key);
  assert.deepEqual(outcomesOf(first), outcomes);
  const again = await caisse.post('/deposits', sent, key);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.equal(again.body, first.body);
  assert.equal(problemOf(await caisse.post('/deposits', { deposits: [payment('P-5')] }, key)), 'key-reused');
  assert.equal(problemOf(await caisse.post('/deposits', sent, 'short')), 'invalid-key');
  // Without the key, the ledger says so; under the key of another sender, nothing is known.
  assert.deepEqual(outcomesOf(await caisse.post('/deposits', sent)), ['repeated', ...outcomes.slice(1)]);
  const mutuelle = await (await program('mutuelle-m').add(['messages'])).signIn();
  assert.deepEqual(outcomesOf(await mutuelle.post('/deposits', sent, key)).slice(0, 2), [
    'kind: scope',
    'kind: scope',
  ]);
  for (const body of [
    {},
    [],
    { deposits: [] },
    { deposits: Array(101).fill(payment('P')) },
    { deposits: [], more: 1 },
  ])
    assert.equal(problemOf(await caisse.post('/deposits', body)), 'malformed');
  assert.equal(await payments(site), 1);
});

test('documents come in a form, and are looked through', async (t) => {
  const { site, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const document = { title: 'Relevé', rank: 1, matters: true, file: 'releve.pdf' };
  const item = { kind: 'document', id: 'D-1', nir, document };
  assert.deepEqual(outcomesOf(await caisse.postForm(item, { 'releve.pdf': letter })), ['accepted']);
  assert.deepEqual(outcomesOf(await caisse.postForm(item, { 'releve.pdf': letter })), ['repeated']);
  const other = pdf(['<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>', ...page]);
  assert.deepEqual(outcomesOf(await caisse.postForm(item, { 'releve.pdf': other })), ['id: other-content']);
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const acting = pdf([`<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} >>`, ...page]);
  const next = { ...item, id: 'D-2' };
  assert.deepEqual(outcomesOf(await caisse.postForm(next, { 'releve.pdf': acting })), [
    'document.file: file-scripts',
  ]);
  assert.deepEqual(outcomesOf(await caisse.postForm(next, { 'autre.pdf': letter })), [
    'document.file: file-missing',
  ]);
  assert.deepEqual(outcomesOf(await caisse.postForm(next, { 'releve.pdf': letter, 'autre.pdf': letter })), [
    'line: unknown-field',
  ]);
  const large = Buffer.concat([letter, Buffer.alloc(10 * 1024 * 1024)]);
  assert.equal(problemOf(await caisse.postForm(next, { 'releve.pdf': large })), 'too-large');
  // As some programs write it: with a type of its own.
  const typed = [
    '--b\r\nContent-Disposition: form-data; name="deposit"\r\nContent-Type: application/json\r\n\r\n',
    `${JSON.stringify(item)}\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="releve.pdf"\r\n`,
    'Content-Type: application/pdf\r\n\r\n',
    letter,
    '\r\n--b--\r\n',
  ].map((part) => Buffer.from(part));
  assert.deepEqual(
    outcomesOf(await caisse.postBytes('multipart/form-data; boundary=b', Buffer.concat(typed))),
    ['repeated'],
  );
  const cut = await caisse.postBytes('multipart/form-data; boundary=b', Buffer.concat(typed.slice(0, 3)));
  assert.equal(problemOf(cut), 'malformed');
  const twice = JSON.stringify(next).replace('{', '{"id":"D-3",');
  for (const unread of [twice, '{', ''])
    assert.equal(
      problemOf(await caisse.postForm(unread, { 'releve.pdf': letter })),
      unread === twice ? 'repeated-field' : 'not-json',
    );
  assert.equal(problemOf(await caisse.post('/documents', next)), 'unsupported-type');
  const message = { subject: 'Votre demande', text: 'Bonjour', thread: null };
  const attachments = [{ title: 'Formulaire', file: 'f.pdf' }];
  const withFile = { kind: 'message', id: 'M-1', nir, message: { ...message, attachments } };
  assert.deepEqual(outcomesOf(await caisse.postForm(withFile, { 'f.pdf': letter })), ['accepted']);
  const { db, keyring } = site.services;
  assert.equal((await listDocuments(db, keyring, personKeys(keyring, nir))).length, 1);
});

test('a form that is refused half read leaves its connection free, so that the process can stop', async (t) => {
  const { app, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const form = new FormData();
  form.append('unknown', 'x');
  form.append('file', new Blob([new Uint8Array(9_000_000)]), 'releve.pdf');
  assert.equal(await caisse.upload(origin, form), 400);
  // It would wait for a minute.
  await app.close();
});

test('before its body is read, a request passes host, flood, token, allowance and scope', async (t) => {
  const { site, app, program } = await opened(t);
  const url = '/api/depot/v1/deposits';
  const wholeBody = { 'content-type': 'application/json', 'content-length': '99999999' };
  const post = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url, headers, payload: '{' });
  assert.equal(problemOf(await post({ ...wholeBody, host: 'compte.example.fr' })), 'misdirected');
  assert.equal((await post({ host: 'depot.example.fr' })).statusCode, 401);
  assert.equal(problemOf(await post(wholeBody)), 'unauthenticated');
  assert.equal(problemOf(await post({ ...wholeBody, authorization: 'Bearer a.b' })), 'unauthenticated');
  const limited = await (await program('mutuelle-m').add(['payments'])).signIn();
  assert.equal(problemOf(await limited.postForm({}, {})), 'scope-missing');
  assert.equal(problemOf(await app.inject({ url: '/mon-compte' })), 'unknown-address');
  assert.equal(problemOf(await app.inject({ url: '/%zz' })), 'malformed');
  const refused = await app.inject({ method: 'DELETE', url });
  assert.deepEqual([problemOf(refused), refused.headers.allow], ['method-not-allowed', 'POST']);
  assert.equal((await site.app.inject({ method: 'POST', url: '/api/depot/v1/token' })).statusCode, 404);
  assert.equal((await site.app.inject({ url: '/api/depot/v1/openapi.json' })).statusCode, 404);

  const caisse = await (await program('caisse-631').add()).signIn();
  assert.equal(problemOf(await caisse.post('/deposits', { deposits: 'x'.repeat(1_100_000) })), 'too-large');
  const flooded = Array.from({ length: 320 }, () => app.inject({ method: 'POST', url, payload: '{}' }));
  const answers = await Promise.all(flooded);
  const last = answers.at(-1);
  assert.ok(last);
  assert.equal(problemOf(last), 'too-many-requests');
  assert.ok(Number(last.headers['retry-after']) > 0);
  site.clock.advance(60_000);
  assert.equal((await caisse.post('/deposits', { deposits: [payment('P-1')] })).statusCode, 200);
  assert.ok(requestsPerMinute >= 300);
  assert.doesNotMatch(site.log.join('\n'), new RegExp(nir));
});

test('the description names every address, and everything in it resolves', async (t) => {
  const { app } = await opened(t);
  const answer = await app.inject({ url: '/api/depot/v1/openapi.json' });
  const described = z
    .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
    .parse(answer.json());
  assert.match(described.openapi, /^3\.1/);
  for (const path of ['/token', '/deposits', '/documents']) assert.ok(described.paths[path]?.post, path);
  for (const [, pointer = ''] of answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = pointer
      .split('/')
      .reduce<unknown>((value, step) => z.looseObject({}).parse(value)[step], answer.json());
    assert.ok(found, pointer);
  }
});

test('a sender reads what was written to it, says that it takes care, and answers: nobody else does', async (t) => {
  const { site, program } = await opened(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const caisse = await (await program(`caisse-${person.line.caisse}`).add()).signIn();
  const visitor = await signedInVisitor(site, person);
  await sendOne(visitor, 'Bonjour, où en est ma carte ?');

  const listed = z
    .object({ count: z.number(), messages: z.array(z.object({ id: z.string(), state: z.string() })) })
    .parse((await caisse.get('/messages')).json());
  assert.deepEqual([listed.count, listed.messages[0]?.state], [1, 'waiting']);
  const address = `/messages/${listed.messages[0]?.id}`;
  const read = z
    .looseObject({ thread: z.string(), nir: z.string(), text: z.string() })
    .parse((await caisse.get(address)).json());
  assert.deepEqual([read.nir, read.text], [nir, 'Bonjour, où en est ma carte ?']);

  const mutuelle = await (await program('mutuelle-m').add()).signIn();
  assert.deepEqual((await mutuelle.get('/messages')).json(), { count: 0, messages: [] });
  for (const path of [address, `${address}/files/${read.thread}`, '/messages/1'])
    assert.equal(problemOf(await mutuelle.get(path)), 'unknown-message');
  assert.equal(problemOf(await mutuelle.post(`${address}/taken`, {})), 'unknown-message');
  const limited = await (await program('mutuelle-p').add(['payments'])).signIn();
  assert.equal(problemOf(await limited.get('/messages')), 'scope-missing');

  for (const _ of [1, 2])
    assert.deepEqual((await caisse.post(`${address}/taken`, {})).json(), { state: 'taken' });
  const message = { subject: 'Votre carte', text: 'Elle part demain.', thread: read.thread, attachments: [] };
  const answer = { kind: 'message', id: 'M-1', nir, message };
  assert.deepEqual(outcomesOf(await mutuelle.post('/deposits', { deposits: [answer] })), [
    'message.thread: unknown-thread',
  ]);
  assert.deepEqual(outcomesOf(await caisse.post('/deposits', { deposits: [answer] })), ['accepted']);
  assert.deepEqual((await caisse.get('/messages')).json(), { count: 0, messages: [] });
  assert.equal(problemOf(await caisse.get(address)), 'unknown-message');
});
