import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { personNamed } from '#src/fictitious/people.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { openSharedCounts } from '#src/limits/shared-counts.ts';
import { logRequests } from '#src/operations/requests.ts';
import { testApp } from '../setting/application.ts';
import { testDatabase } from '../setting/database.ts';
import { page, pdf } from '../setting/made-files.ts';
import { depotApi, openedApi as opened, outcomesOf, problemOf, SenderProgram } from './program.ts';
import { consultation, paymentItem } from './senders.ts';

const { nir } = personNamed('venturi').line;
const payment = (id: string) => paymentItem(nir, id, consultation('2026-02-27'));
const letter = pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]);

test('a form is read as bytes: whatever its parts say that they are', async (t) => {
  const { program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const item = {
    kind: 'document',
    id: 'D-1',
    nir,
    document: { title: 'Relevé', rank: 1, matters: true, file: 'releve.pdf' },
  };
  const head = (more: string) => `--b\r\nContent-Disposition: form-data; name="deposit"${more}\r\n\r\n`;
  const file = Buffer.concat([
    Buffer.from('\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="releve.pdf"\r\n\r\n'),
    letter,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const send = (more: string, deposit: string | Buffer) => {
    const parts = [Buffer.from(head(more)), Buffer.from(deposit), file];
    return caisse.postBytes('multipart/form-data; boundary=b', Buffer.concat(parts));
  };
  const json = JSON.stringify(item);
  const typed = '\r\nContent-Type: application/json';
  const twice = json.replace('{', '{"id":"D-3",');
  assert.equal(problemOf(await send(typed, twice)), 'repeated-field');
  assert.equal(problemOf(await send('', twice)), 'repeated-field');
  assert.equal(problemOf(await send(typed, Buffer.from(json, 'latin1'))), 'not-json');
  assert.equal(problemOf(await send('', '['.repeat(1_000) + ']'.repeat(1_000))), 'not-json');
  assert.equal(problemOf(await send('', ' '.repeat(300_000) + json)), 'too-large');
  const polluting = json.replace('{', '{"__proto__":{"nir":"1"},');
  assert.deepEqual(outcomesOf(await send(typed, polluting)), ['line: unknown-field']);
  assert.deepEqual(outcomesOf(await send(`; filename="deposit.json"${typed}`, `\ufeff${json}`)), [
    'accepted',
  ]);
});

test('JSON is read strictly, and never unpacked', async (t) => {
  const { app, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const headers = { ...caisse.authorization, 'content-type': 'application/json' };
  const post = (payload: string | Buffer, more: Readonly<Record<string, string>> = {}) =>
    app.inject({ method: 'POST', url: '/api/depot/v1/deposits', headers: { ...headers, ...more }, payload });
  const json = JSON.stringify({ deposits: [payment('P-1')] });
  assert.equal(problemOf(await post(gzipSync(json), { 'content-encoding': 'gzip' })), 'unsupported-type');
  assert.equal(problemOf(await post(Buffer.from(json, 'utf16le'))), 'not-json');
  assert.equal(problemOf(await post(json.replace('Consultation', 'Consult\u00e9').slice(0, -3))), 'not-json');
  assert.equal(problemOf(await post(json.replace('"rate"', '"r\\u0061te":1,"rate"'))), 'repeated-field');
  const deep = `{"deposits":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
  const key = { 'idempotency-key': '0d6f2f9e-6f0f-4c83-9f0e-3a1f5b0f7c12' };
  assert.equal(problemOf(await post(deep, key)), 'not-json');
  for (const number of ['1e400', '-1', '19.5', '"1900"', 'null', '1e9'])
    assert.deepEqual(outcomesOf(await post(json.replace('"amount":1900', `"amount":${number}`))), [
      'payment.amount: invalid',
    ]);
  assert.deepEqual(outcomesOf(await post(json)), ['accepted']);
});

test('the log and the counts name the sender, and nobody else', async (t) => {
  const { site, app, program } = await opened(t);
  logRequests(app, site.services.events);
  const caisse = await (await program('caisse-631').add()).signIn();
  const wrong = { ...payment('P-2'), nir: '2990775056012' };
  await caisse.post('/deposits', { deposits: [payment('P-1'), payment('P-1'), wrong, { nir }] });
  const lines = site.log.join('\n');
  assert.match(
    lines,
    /"event":"depositsJudged".*"sender":"caisse-631","reason":"unknown-person","kind":"payment"/,
  );
  assert.match(lines, /"event":"requestServed".*"route":"\/api\/depot\/v1\/deposits".*"sender":"caisse-631"/);
  assert.doesNotMatch(lines, new RegExp(`${nir}|2990775056012|P-1`));
  const metrics = await site.metrics.text();
  for (const [kind, outcome] of [
    ['payment', 'accepted'],
    ['payment', 'repeated'],
    ['payment', 'refused'],
    ['unknown', 'refused'],
  ])
    assert.ok(
      metrics.includes(`compte_deposits_total{sender="caisse-631",kind="${kind}",outcome="${outcome}"} 1`),
    );
});

test('one id with several contents at once is one deposit', async (t) => {
  const { site, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const contents = ['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27'];
  const answers = await Promise.all(
    contents.map((day) =>
      caisse.post('/deposits', { deposits: [paymentItem(nir, 'P-1', consultation(day))] }),
    ),
  );
  assert.deepEqual(answers.flatMap(outcomesOf).sort(), [
    'accepted',
    'id: other-content',
    'id: other-content',
    'id: other-content',
  ]);
  const { db } = site.services;
  assert.equal((await db.selectFrom('payment').select('id').execute()).length, 1);
});

test('slow bodies of one sender leave room for the others, and their places come back', async (t) => {
  const { site, app, program } = await opened(t);
  const caisse = await (await program('caisse-631').add()).signIn();
  const mutuelle = await (await program('mutuelle-m').add()).signIn();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = app.addresses();
  assert.ok(typeof address === 'object');
  const slow = (path: string, type: string) => {
    const socket = connect(address.port, '127.0.0.1');
    const head = [
      `POST /api/depot/v1${path} HTTP/1.1`,
      'Host: depot.example.fr',
      `Authorization: ${caisse.authorization.authorization}`,
      `Content-Type: ${type}`,
      'Content-Length: 900000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{`);
    return socket;
  };
  const document = { title: 'Relevé', rank: 1, matters: true, file: 'releve.pdf' };
  const item = { kind: 'document', id: 'D-1', nir, document };
  const ways = [
    {
      path: '/deposits',
      type: 'application/json',
      held: 4,
      send: (one: SenderProgram) => one.post('/deposits', { deposits: [payment('P-1')] }),
    },
    {
      path: '/documents',
      type: 'multipart/form-data; boundary=b',
      held: 2,
      send: (one: SenderProgram) => one.postForm(item, { 'releve.pdf': letter }),
    },
  ];
  for (const { path, type, held, send } of ways) {
    // One more than there are places: its answer says that they are all taken.
    const sockets = Array.from({ length: held + 1 }, () => slow(path, type));
    await Promise.race(sockets.map((socket) => once(socket, 'data')));
    const refused = await send(caisse);
    assert.equal(problemOf(refused), 'overloaded');
    assert.ok(Number(refused.headers['retry-after']) > 0);
    assert.deepEqual(outcomesOf(await send(mutuelle)), ['accepted']);
    for (const socket of sockets) socket.destroy();
    let admitted = await send(caisse);
    while (admitted.statusCode === 503) admitted = await send(caisse);
    assert.equal(admitted.statusCode, 200);
  }
  assert.match(site.log.join('\n'), /"event":"shed".*"sender":"caisse-631","reason":"deposits"/);
});

test('what is to be sent again later is so with the same key', async (t) => {
  let isAway = true;
  const judge = openFileJudge({ clamd: null });
  t.after(() => judge.close());
  const site = await testApp(t, undefined, {
    judgeFile: async (bytes) => (isAway ? { kind: 'later', why: 'scanner-away' } : judge.judge(bytes)),
  });
  const app = await depotApi(t, site);
  const caisse = await (await new SenderProgram(site, app, 'caisse-631').add()).signIn();
  const document = { title: 'Relevé', rank: 1, matters: true, file: 'releve.pdf' };
  const item = { kind: 'document', id: 'D-1', nir, document };
  const key = '0d6f2f9e-6f0f-4c83-9f0e-3a1f5b0f7c13';
  const later = await caisse.postForm(item, { 'releve.pdf': letter }, key);
  assert.deepEqual([problemOf(later), later.headers['retry-after']], ['overloaded', '30']);
  isAway = false;
  assert.deepEqual(outcomesOf(await caisse.postForm(item, { 'releve.pdf': letter }, key)), ['accepted']);
});

test('the allowance of a sender holds for all processes together', async (t) => {
  const { db } = await testDatabase(t);
  const clock = { now: () => new Date('2026-03-02T09:00:10Z') };
  const open = () => openSharedCounts(db, clock, 60, (sender) => Buffer.from(sender));
  const [one, other] = [open(), open()];
  one.add('caisse-631', 400);
  other.add('caisse-631', 300);
  await one.share();
  await other.share();
  assert.equal(other.add('caisse-631', 1).total, 701);
  assert.equal(other.add('mutuelle-m', 1).total, 1);
});
