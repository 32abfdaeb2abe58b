import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import PostalMime from 'postal-mime';
import { recordReport } from '#src/delivery/bounces/record-report.ts';
import { noticeTicket } from '#src/delivery/ticket.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { postOffice } from '../setting/notices.ts';
import { contactOf, enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { deliveryReport } from './delivery-report.ts';

const venturi = personNamed('venturi');
const hour = 3_600_000;

/** Somebody who waits for a mail that a server has accepted. */
async function sent(t: TestContext) {
  const site = await testApp(t);
  const post = await postOffice(t, site);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  await post.deliverAll();
  const index = post.sink.envelopes.findIndex(({ to }) => to === 'venturi@exemple.fr');
  const message = await PostalMime.parse(post.sink.messages[index] ?? '');
  const notice = () =>
    site.services.db
      .selectFrom('notice')
      .selectAll()
      .where('kind', '=', 'activation')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
  const bounces = async () =>
    (
      await site.services.db
        .selectFrom('audit_event')
        .select('details')
        .where('kind', '=', 'notice-bounced')
        .execute()
    ).map(({ details }) => details);
  return {
    site,
    post,
    visitor,
    notice,
    bounces,
    returnPath: post.sink.envelopes[index]?.from ?? '',
    messageId: message.messageId ?? '',
    record: (raw: Buffer, to: string | null = null) => recordReport(site.services, raw, to, site.clock.now()),
  };
}

test('a server that accepts, then sends back: the person reads it, and corrects the address', async (t) => {
  const { site, post, visitor, record, returnPath, notice, bounces } = await sent(t);
  assert.match(
    (await visitor.get(paths.waiting)).html,
    /Votre messagerie a reçu le message à\s10\sh\s00 \(heure de Paris\)\./,
  );
  assert.match(returnPath, /^bounces\+[\da-f]{48}@example\.fr$/);
  const raw = deliveryReport({ to: returnPath });
  assert.equal(await record(raw), 'recorded');
  assert.equal(await record(raw), 'known', 'told twice, recorded once');
  const { id, state, reason, kind } = await notice();
  assert.deepEqual([state, reason], ['bounced', 'dsn-5.1.1']);
  const details = { notice: id, kind, channel: 'email', reason: 'dsn-5.1.1' };
  assert.deepEqual(await bounces(), [details]);
  const page = (await visitor.get(paths.waiting)).html;
  assert.match(page, /Votre messagerie a refusé notre message/);
  assert.match(page, /chez un autre fournisseur/);
  assert.doesNotMatch(page, /5\.1\.1|no such user/);

  site.clock.advance(1_000);
  await visitor.get(paths.waitingAddress);
  const corrected = await visitor.post(paths.waitingAddress, contactOf('corrigee@exemple.fr'));
  assert.equal(corrected.location, paths.waiting);
  assert.match((await visitor.get(paths.waiting)).html, /Le message part/);
  await post.deliverAll();
  assert.match((await visitor.get(paths.waiting)).html, /Votre messagerie a reçu le message/);
  assert.equal((await notice()).state, 'handed-over');
  assert.equal(site.log.join('').includes('exemple.fr'), false);
});

for (const [what, named] of [
  ['the pipe', ({ returnPath }: { returnPath: string }) => ({ to: 'x@y.example', pipe: returnPath })],
  ['a header in capitals', ({ returnPath }) => ({ to: returnPath.toUpperCase(), pipe: null })],
  [
    'the ENVID',
    ({ returnPath }) => ({
      to: 'bounces@example.fr',
      pipe: null,
      envelopeId: /\+(.*)@/.exec(returnPath)?.[1] ?? '',
    }),
  ],
  ['the Message-ID', ({ messageId }) => ({ to: 'ne-pas-repondre@example.fr', pipe: null, messageId })],
] as const satisfies readonly (readonly [
  string,
  (from: { returnPath: string; messageId: string }) => object,
])[])
  test(`the notice is found by ${what}`, async (t) => {
    const story = await sent(t);
    const { pipe, ...report } = named(story);
    assert.equal(await story.record(deliveryReport(report), pipe), 'recorded');
    assert.equal((await story.notice()).state, 'bounced');
  });

test('what is forged, unknown or no report changes nothing', async (t) => {
  const { site, record, returnPath, messageId, notice, bounces } = await sent(t);
  const { keyring } = site.services;
  const ticket = /\+(.*)@/.exec(returnPath)?.[1] ?? '';
  const forged = `bounces+${ticket.slice(0, 32)}${'0'.repeat(16)}@example.fr`;
  const other = `bounces+${'0'.repeat(32)}${ticket.slice(32)}@example.fr`;
  const nobody = `bounces+${noticeTicket(keyring, crypto.randomUUID())}@example.fr`;
  const reply = Buffer.from(`To: ${returnPath}\r\nSubject: Absence\r\n\r\nJe suis en vacances.\r\n`);
  const cases: [string, Buffer, string][] = [
    ['another signature', deliveryReport({ to: forged, messageId }), 'forged'],
    ['another notice', deliveryReport({ to: other, messageId }), 'forged'],
    ['a notice that does not exist', deliveryReport({ to: nobody }), 'unknown'],
    ['nothing that names one', deliveryReport({ to: 'bounces@example.fr' }), 'unnamed'],
    ['a Message-ID of somebody else', deliveryReport({ to: 'x@y.example', messageId: '<1@z>' }), 'unnamed'],
    ['an absence', reply, 'not-a-report'],
    ['an action we do not know', deliveryReport({ to: returnPath, action: 'eaten' }), 'not-a-report'],
    ['nothing', Buffer.alloc(0), 'not-a-report'],
    ['noise', Buffer.from('\u0000\u00ff'.repeat(5_000)), 'not-a-report'],
    [
      'too much',
      Buffer.concat([deliveryReport({ to: returnPath }), Buffer.alloc(600_000, 'x\r\n')]),
      'not-a-report',
    ],
    [
      'deep nesting',
      Buffer.from(
        Array.from(
          { length: 60 },
          (_, i) => `Content-Type: multipart/report; boundary=b${i}\r\n\r\n--b${i}\r\n`,
        ).join(''),
      ),
      'not-a-report',
    ],
  ];
  for (const [what, raw, expected] of cases) assert.equal(await record(raw), expected, what);
  assert.equal((await notice()).state, 'handed-over');
  assert.deepEqual(await bounces(), []);
});

test('a delay is recorded, the mail is not sent again, and a final report may follow', async (t) => {
  const { post, visitor, record, returnPath, notice } = await sent(t);
  const delayed = deliveryReport({ to: returnPath, action: 'delayed', status: '4.4.1' });
  assert.equal(await record(delayed), 'recorded');
  assert.equal(await record(delayed), 'known');
  assert.match((await visitor.get(paths.waiting)).html, /Votre messagerie nous demande d’attendre/);
  assert.equal((await notice()).state, 'handed-over', 'it is theirs to send');
  const before = post.sink.messages.length;
  await post.deliverAll();
  assert.equal(post.sink.messages.length, before);
  const failed = deliveryReport({ to: returnPath, action: 'failed', status: '4.4.7' });
  assert.equal(await record(failed), 'recorded');
  assert.equal((await notice()).reason, 'dsn-4.4.7');
  assert.equal(await record(delayed), 'known', 'the final word stands');
  assert.equal((await notice()).state, 'bounced');
});

test('a mailbox that sent a mail back is reminded of nothing; its last link stays', async (t) => {
  const { site, record, returnPath } = await sent(t);
  await record(deliveryReport({ to: returnPath }));
  site.clock.advance(25 * hour);
  await runHousekeeping(site.services);
  const kinds = (await site.mails()).map(({ kind }) => kind);
  assert.equal(kinds.includes('activation-reminder'), false);
  const superseded = await site.services.db
    .selectFrom('email_confirmation')
    .select('id')
    .where('superseded_at', 'is not', null)
    .execute();
  assert.deepEqual(superseded, []);
});
