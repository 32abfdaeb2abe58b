import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { depositAll } from '#src/depot/deposit.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { openLog } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { paths, withToken } from '#src/paths.ts';
import { caisse, consultation } from '../depot/senders.ts';
import { latestMail, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { page, pdf } from '../setting/made-files.ts';
import { contactOf, enrol, goodPassword, identityOf, proofOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { leaks, type Secrets } from './leaks.ts';

const venturi = personNamed('venturi');
const { line } = venturi;

/** Everything that somebody can do, right and wrong, with an accident at the end; and what must stay among us. */
async function wholeLife(site: TestApp): Promise<Secrets> {
  const { app, services, clock } = site;
  const visitor = new Visitor(app);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(venturi, { nom: 'Personne' }));
  await visitor.post(paths.identity, identityOf(venturi), { csrf: 'forged' });
  await visitor.post(paths.identity, identityOf(venturi));
  await visitor.get(paths.proof);
  await visitor.post(paths.proof, { ...proofOf(venturi), iban7: '0000000' });
  await enrol(visitor, venturi, 'jacques.venturi@exemple.fr');
  const { token = '', code = '' } = await latestMail(site, 'activation');
  const waiting = visitor.cookies.get('session') ?? '';
  await visitor.get(paths.waiting);
  await visitor.post(paths.waiting, { code: '00000000' });
  await visitor.get(`${withToken(paths.link, token)}.`);
  await visitor.post(withToken(paths.link, token));
  await visitor.post(paths.signIn, { nir: line.nir, motDePasse: 'Faux.Mot.2' });
  clock.advance(61_000);
  await signIn(visitor, line.nir);
  await visitor.get(paths.account);
  const telephones = { portable: '06 39 98 12 34', fixe: '', motDePasseActuel: goodPassword };
  await visitor.get(paths.accountTelephones);
  await visitor.post(paths.accountTelephones, telephones);
  await visitor.get(paths.forgotten);
  await visitor.post(paths.forgotten, { nir: line.nir });
  const { token: reset = '' } = await latestMail(site, 'password-reset');
  await visitor.get(withToken(paths.newPassword, reset));
  await visitor.get(`/nulle-part/${line.nir}?nir=${line.nir}`);
  const { passwords } = services;
  const broken = Object.assign(new Error(`${line.nir} ${goodPassword}`), { detail: line.nir });
  Object.assign(services, { passwords: { ...passwords, verify: () => Promise.reject(broken) } });
  const stranger = new Visitor(app);
  await stranger.get(paths.signIn);
  assert.equal((await stranger.post(paths.signIn, { nir: line.nir, motDePasse: goodPassword })).status, 500);
  Object.assign(services, { passwords });
  const deposits = await depositedFor(site);
  return {
    ...deposits,
    nir: line.nir,
    'serial of the card': line.card?.serial ?? '',
    'address typed': contactOf('jacques.venturi@exemple.fr').email ?? '',
    telephone: '+33639981234',
    password: goodPassword,
    'wrong password': 'Faux.Mot.2',
    'token of the link': token,
    'token of the reset': reset,
    code,
    'cookie while waiting': waiting,
    'cookie of the account': visitor.cookies.get('session') ?? '',
    'birth name': 'Venturi',
  };
}

/** What a sender deposits, right and wrong. */
async function depositedFor({ services, clock }: TestApp): Promise<Secrets> {
  const now = clock.now();
  await openDepositMonths(services, now);
  const secrets = { 'third party': 'Pharmacie Lacaille', title: 'Relevé Lacanne', text: 'Message Lacasse' };
  const care = consultation('2026-02-27');
  const payment = { ...care, kind: 'third-party', thirdParty: secrets['third party'] } as const;
  const about = { id: 'REF-1', nir: line.nir } as const;
  const file = pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]);
  const message = { subject: secrets.text, text: secrets.text, thread: null, attachments: [] };
  const items: readonly DepositItem[] = [
    { kind: 'payment', ...about, payment },
    { kind: 'payment', ...about, id: 'REF-2', payment: { ...payment, amount: 1 } },
    { kind: 'message', ...about, message },
    { kind: 'document', ...about, document: { title: secrets.title, rank: 1, matters: true, file } },
  ];
  const outcomes = await depositAll(services, caisse, items, now);
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['accepted', 'refused', 'accepted', 'accepted'],
  );
  return secrets;
}

test('no log line identifies a person, whatever happens', async (t) => {
  const site = await testApp(t);
  const log = openLog({ level: 'debug', clock: site.clock, write: (text) => site.log.push(text) });
  const events = openEvents({ log, metrics: openMetrics() });
  Object.assign(site.services, { events });
  const secrets = await wholeLife(site);
  for (const [name, secret] of Object.entries(secrets)) assert.ok(secret.length > 5, `${name} is known`);
  for (const event of ['requestServed', 'stepAnswered', 'requestFailed'])
    assert.ok(
      site.log.some((text) => text.includes(event)),
      `${event} is logged`,
    );
  const lines = site.log.filter(
    (text) => leaks(text, { ...secrets, iban: line.iban?.slice(-7) ?? '' }).length > 0,
  );
  assert.deepEqual(lines, []);
});

test('a copy of the database alone reveals no number, address, password or secret', async (t) => {
  const site = await testApp(t);
  const secrets = await wholeLife(site);
  const { db } = site.services;
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(db);
  for (const { schema, name } of rows) {
    const dump = await sql<{ text: string | null }>`
      select string_agg(to_jsonb(t)::text, ' ') as text from ${sql.table(`${schema}.${name}`)} as t`.execute(
      db,
    );
    assert.deepEqual(leaks(dump.rows[0]?.text ?? '', secrets), [], `${schema}.${name}`);
  }
});

test('the scanner finds planted data in any encoding', () => {
  const secrets = { nir: '162122B010001', password: 'Brouette.Lune8' };
  for (const text of [
    '{"nir":"162122B010001"}',
    'nir=162122b010001&x',
    '1 62 12 2B 010 001',
    '1-62-12-2B-010-001',
    Buffer.from('162122B010001').toString('hex'),
    Buffer.from('nir 162122B010001').toString('utf8'),
    Buffer.from('162122B010001').toString('base64'),
  ])
    assert.deepEqual(leaks(text, secrets), ['nir'], text);
  assert.deepEqual(leaks('…Brouette.Lune8…', secrets), ['password']);
  assert.deepEqual(leaks('{"event":"requestServed","status":200,"ms":12.5}', secrets), []);
});
