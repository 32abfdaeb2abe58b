import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storingDocument } from '#src/archive/store.ts';
import { auditKind } from '#src/audit/kind.ts';
import { deposit } from '#src/depot/deposit.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { storingMessage } from '#src/messages/store.ts';
import { usingAssertion } from '#src/senders/sender.ts';
import { arriveWithoutCard } from '#test/codes/channels.ts';
import { caisse, consultation, paymentItem } from '#test/depot/senders.ts';
import { testApp } from '#test/setting/application.ts';
import { enrol } from '#test/steps.ts';
import { Visitor } from '#test/visitor.ts';

const day = 86_400_000;

test('failures are forgotten once no window holds them, those to sign in after a year', async (t) => {
  const { services, clock } = await testApp(t);
  const { db, limits } = services;
  const subject = Buffer.alloc(32, 1);
  const refused = refusal(auditKind('sign-in-refused'), { person: subject, actor: { kind: 'person' } });
  const attempts = [limits.identity, limits.client.identity, limits.signIn].map((rule) => ({
    rule,
    subject,
  }));
  await recordAttempt(services, clock.now(), false, attempts, refused);
  const kept = async () => {
    await runHousekeeping(services);
    const rows = await db.selectFrom('attempt').select('kind').orderBy('kind').execute();
    return rows.map(({ kind }) => kind);
  };
  clock.advance(30 * day);
  assert.deepEqual(await kept(), ['identity', 'identity-client', 'sign-in']);
  clock.advance(2 * day);
  assert.deepEqual(await kept(), ['sign-in']);
  clock.advance(340 * day);
  assert.deepEqual(await kept(), []);
});

test('a dossier that nobody goes on with is cleared after 30 days, a session when it is over', async (t) => {
  const { services, clock } = await testApp(t);
  const { db } = services;
  const at = clock.now();
  const person_key = Buffer.alloc(32, 2);
  await db
    .insertInto('dossier')
    .values({
      person_key,
      id: services.random.uuid(),
      answers: Buffer.alloc(1),
      step: 'proof',
      version: 1,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .insertInto('session')
    .values({
      person_key,
      token_hash: Buffer.alloc(32),
      kind: 'enrolment',
      created_at: at,
      issued_at: at,
      seen_at: at,
      mac: Buffer.alloc(32),
      idle_minutes: 15,
      expires_at: new Date(at.getTime() + day),
    })
    .execute();
  const count = async (table: 'dossier' | 'session') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  clock.advance(29 * day);
  await runHousekeeping(services);
  assert.deepEqual([await count('dossier'), await count('session')], [1, 0]);
  clock.advance(2 * day);
  await runHousekeeping(services);
  assert.equal(await count('dossier'), 0);
});

test('what was answered with an account that nobody confirmed goes with it', async (t) => {
  const { app, services, clock } = await testApp(t);
  const count = async (table: 'account' | 'email_claim' | 'consent' | 'terms_acceptance') =>
    (await services.db.selectFrom(table).select('person_key').execute()).length;
  const left = () =>
    Promise.all([count('account'), count('email_claim'), count('consent'), count('terms_acceptance')]);
  await enrol(new Visitor(app), personNamed('venturi'), 'venturi@exemple.fr');
  clock.advance(29 * day);
  await runHousekeeping(services);
  assert.deepEqual(await left(), [1, 0, 5, 1], 'the address is free at once');
  clock.advance(2 * day);
  await runHousekeeping(services);
  assert.deepEqual(await left(), [0, 0, 0, 0]);
});

test('what is kept no longer goes a second after its time, not a second before', async (t) => {
  const site = await testApp(t, '2026-10-24T12:00:00Z');
  const { db } = site.services;
  const start = site.clock.now().getTime();
  await enrol(new Visitor(site.app), personNamed('venturi'), 'venturi@exemple.fr');
  await arriveWithoutCard(new Visitor(site.app), personNamed('sans-iban'));
  await db
    .updateTable('notice')
    .set({ state: 'handed-over', handed_over_at: new Date(start) })
    .execute();
  const open = async () => {
    const rows = await db.selectFrom('dossier').select('id').where('closed_at', 'is', null).execute();
    return rows.length;
  };
  const bodies = async () => {
    const mails = db.selectFrom('notice').select('id').where('kind', '=', 'activation');
    return (await mails.where('content', 'is not', null).execute()).length;
  };
  const links = async () => (await db.selectFrom('email_confirmation').select('id').execute()).length;
  const accounts = async () => (await db.selectFrom('account').select('person_key').execute()).length;
  const around = async (ms: number, count: () => Promise<number>, what: string) => {
    site.clock.advance(start + ms - 1_000 - site.clock.now().getTime());
    await runHousekeeping(site.services);
    assert.equal(await count(), 1, `${what}, a second before`);
    site.clock.advance(2_000);
    await runHousekeeping(site.services);
    assert.equal(await count(), 0, `${what}, a second after`);
  };
  await around(day, bodies, 'a mail with a link');
  await around(30 * day, open, 'a dossier');
  assert.deepEqual(
    [await accounts(), await links()],
    [0, 0],
    'an account that nobody confirmed, with its links',
  );
});

test('payments go by month, their ids a year later, and assertions when they are over', async (t) => {
  const { services, clock } = await testApp(t);
  const { db, random } = services;
  const item = paymentItem(personNamed('venturi').line.nir, 'P-1', consultation('2026-02-27'));
  await runHousekeeping(services);
  assert.equal((await deposit(services, caisse, item, clock.now())).kind, 'accepted');
  const assertion = { id: random.uuid(), expiresAt: new Date(clock.now().getTime() + 300_000) };
  await db.executeQuery(usingAssertion(db, caisse.code, assertion).compile());
  const kept = async () => {
    await runHousekeeping(services);
    const count = async (table: 'payment' | 'deposit') =>
      (await db.selectFrom(table).select('person_key').execute()).length;
    const assertions = await db.selectFrom('sender_assertion').select('sender').execute();
    return [await count('payment'), await count('deposit'), assertions.length];
  };
  assert.deepEqual(await kept(), [1, 1, 1]);
  // February 2026 is shown until April 2028, and goes a month later.
  clock.advance(Date.parse('2028-05-31T21:00:00Z') - clock.now().getTime());
  assert.deepEqual(await kept(), [1, 1, 0]);
  clock.advance(day);
  assert.deepEqual(await kept(), [0, 1, 0]);
  clock.advance(Date.parse('2029-07-03T09:00:00Z') - clock.now().getTime());
  assert.deepEqual(await kept(), [0, 0, 0]);
});

test('documents and messages are deleted once their months are over, with the bytes', async (t) => {
  const { services, clock } = await testApp(t);
  const { db, keyring, random, policy } = services;
  const person = { personKey: Buffer.alloc(32, 3), sender: 'caisse-631' };
  const ids = { id: random.uuid(), messageId: null };
  const about = { title: 'Relevé', type: 'application/pdf', member: 1, sha256: '' } as const;
  const document = { ...person, ...ids, origin: 'sender', about, matters: false } as const;
  const threadId = random.uuid();
  const message = { ...person, id: threadId, threadId, direction: 'received', answerBy: null } as const;
  const text = { subject: 'Votre demande', text: 'Nous avons bien reçu votre courrier.' };
  await db.transaction().execute(async (trx) => {
    const content = Buffer.alloc(300_000);
    const stored = storingDocument(trx, keyring, random, { ...document, content }, clock.now());
    for (const write of [...stored, storingMessage(trx, keyring, { ...message, ...text }, clock.now())])
      await trx.executeQuery(write.compile());
  });
  const left = async () => {
    await runHousekeeping(services);
    const tables = ['document', 'document_part', 'message'] as const;
    const rows = tables.map((table) => db.selectFrom(table).select('id').execute());
    return (await Promise.all(rows)).map(({ length }) => length);
  };
  clock.advance((policy.retention.documentMonths * 30.4 - 10) * day);
  assert.deepEqual(await left(), [1, 2, 1]);
  clock.advance(30 * day);
  assert.deepEqual(await left(), [0, 0, 0]);
});
