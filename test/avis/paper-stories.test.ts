import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { markLeft, markReturned, type People } from '#src/accounts/departures/departed-account.ts';
import { purgeDocuments } from '#src/archive/purge.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { recordLaterFate } from '#src/delivery/later-fate.ts';
import { deposit } from '#src/depot/deposit.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { retryDeadLetters } from '#src/notices/dead-letters.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { remindUnread } from '#src/paper/remind-unread.ts';
import { sendPaper } from '#src/paper/send-paper.ts';
import { trailOf } from '#src/paper/trail.ts';
import { paths } from '#src/paths.ts';
import { caisse, rightsOf } from '../depot/senders.ts';
import { exporting, lettersFolder } from '../letters/queue.ts';
import { order } from '../person/operator.ts';
import { signedInVisitor } from '../setting/account.ts';
import { needsServer } from '../setting/database.ts';
import { untilWaiting } from '../setting/locks.ts';
import { smtpSink } from '../setting/notices.ts';
import { address, ange, type Depot, day, depotOf, found, liveAt, minute, passDays, read } from './depot.ts';

const { nir } = ange.line;

/** The documents of each letter that waits or was printed, in the order of the envelopes. */
async function envelopes({ site }: Depot): Promise<string[][]> {
  const { rows } = await sql<{ ids: string[] }>`
    select array_agg(d.id::text order by d.deposited_at, d.id) as ids from notice n
    join document d on d.letter_id = n.id group by n.id, n.created_at order by n.created_at, min(d.deposited_at)`.execute(
    site.services.db,
  );
  return rows.map(({ ids }) => ids);
}

async function print(depot: Depot, t: Parameters<typeof lettersFolder>[0]) {
  const outcome = await exportLetters(exporting(depot.site.services), { folder: lettersFolder(t) });
  return outcome.exported;
}

test('what comes until the batch goes in one envelope, listed in its order; what comes after it in another', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const first = await depot.sends();
  clock.advance(minute);
  const second = await depot.sends();
  await depot.turn();
  clock.advance(60 * minute);
  const third = await depot.sends();
  const isere = personNamed('isere');
  const other = await depot.sends({ of: isere });
  await depot.turn();
  assert.deepEqual(await envelopes(depot), [[first, second, third], [other]]);
  const exported = await print(depot, t);
  assert.deepEqual(
    exported?.manifest.letters.map(({ enclosures }) => enclosures.map(({ file }) => file.slice(36))),
    [['-enclosure-01.pdf', '-enclosure-02.pdf', '-enclosure-03.pdf'], ['-enclosure-01.pdf']],
  );
  clock.advance(minute);
  const late = await depot.sends();
  await depot.turn();
  assert.deepEqual(await envelopes(depot), [[first, second, third], [other], [late]]);

  // The envelope comes back: all of it has to go again, once the address is another.
  const [letter] = exported?.manifest.letters ?? [];
  const answer = { line: 1, id: letter?.id ?? '', state: 'returned', reachedAt: clock.now() } as const;
  await acknowledgeLetters(services.db, { rows: [answer], rejected: [] }, clock.now());
  await depot.turn();
  assert.deepEqual(await envelopes(depot), [[other], [late]]);
  await liveAt(services, ['2 rue des Roses', '63000 CLERMONT-FERRAND']);
  await passDays(depot, 2);
  assert.ok((await envelopes(depot)).some((ids) => ids.join() === [first, second, third].join()));
});

test('fifty documents in a minute are three envelopes, and a batch that is taken meanwhile loses none', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  for (let i = 0; i < 50; i += 1) await depot.sends();
  await depot.turn();
  assert.deepEqual(
    (await envelopes(depot)).map(({ length }) => length).toSorted((a, b) => b - a),
    [20, 20, 10],
  );
  await depot.sends();
  await depot.sends();
  const send = () => sendPaper(services, clock.now());
  const [, exported] = await Promise.all([send(), print(depot, t), send()]);
  await send();
  const printed = exported?.manifest.letters.flatMap(({ enclosures }) => enclosures) ?? [];
  const rest = (await print(depot, t))?.manifest.letters.flatMap(({ enclosures }) => enclosures) ?? [];
  assert.equal(printed.length + rest.length, 52);
});

test('a mail server that is away for three weeks is no mailbox that bounces: told again, reminded, then paper', async (t) => {
  const depot = await depotOf(t);
  const { clock } = depot.site;
  const id = await depot.sends();
  await depot.pays();
  await depot.post.sink.close();
  await passDays(depot, 6);
  assert.deepEqual(await depot.lettered(), [], 'the mailbox did nothing wrong');
  await passDays(depot, 15);
  assert.deepEqual(await depot.lettered(), [[id, 'unread']]);
  await smtpSink(t, depot.post.sink.port);
  await passDays(depot, 2);
  const { db } = depot.site.services;
  const arrived = await db
    .selectFrom('notice')
    .select('kind')
    .where('state', '=', 'handed-over')
    .where('handed_over_at', '>', new Date(clock.now().getTime() - 3 * day))
    .execute();
  assert.deepEqual(
    arrived.map(({ kind }) => kind),
    ['new-deposits'],
  );
  assert.equal((await depot.told('new-deposits')).at(-1)?.deposits, '2');
});

test('a mail that an operator sends again and that bounces again is followed up again', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await depot.sends({ matters: false });
  clock.advance(6 * minute);
  depot.post.sink.refuse('recipient', 550, 2);
  await depot.turn();
  await depot.turn();
  const [told] = await services.db
    .selectFrom('notice')
    .select('id')
    .where('kind', '=', 'new-deposits')
    .execute();
  await retryDeadLetters(services.db, services.jobs, told?.id ?? '', clock.now());
  const rows = services.db
    .selectFrom('notice')
    .select('followed_up_at')
    .where('id', '=', told?.id ?? '');
  assert.equal((await rows.executeTakeFirst())?.followed_up_at, null);
  await depot.turn();
  await depot.turn();
  assert.notEqual((await rows.executeTakeFirst())?.followed_up_at, null);
});

test('a delay, or another mail that bounces, sends no paper', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await depot.sends();
  clock.advance(6 * minute);
  await depot.turn();
  const notices = await services.db.selectFrom('notice').select(['id', 'kind']).execute();
  for (const { id, kind } of notices)
    await recordLaterFate(
      services.db,
      id,
      kind === 'new-deposits' ? { kind: 'delayed' } : { kind: 'bounced', reason: 'dsn-5.1.1' },
      clock.now(),
    );
  await depot.turn();
  assert.deepEqual(await depot.lettered(), []);
});

test('a policy that is shortened sends paper at once, and no reminder with a day that is over', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const old = await depot.sends();
  clock.advance(2 * day);
  await depot.sends();
  clock.advance(4 * day);
  await depot.turn();
  const { account } = services.policy;
  const shorter = {
    ...services,
    policy: {
      ...services.policy,
      account: { ...account, unread: { reminderDays: 2, paperDays: 5 } },
    },
  };
  await remindUnread(shorter, clock.now());
  await sendPaper(shorter, clock.now());
  assert.deepEqual(await depot.lettered(), [[old, 'unread']]);
  const [reminder] = await depot.told('document-unread');
  assert.equal(reminder?.documents, '1', 'not of what goes by post');
  assert.ok(new Date(reminder?.paperAfter ?? '') > clock.now());
});

test('paper taken back before the next turn sends nothing; taken back after it, what was queued goes', async (t) => {
  const depot = await depotOf(t);
  const visitor = await signedInVisitor(depot.site, ange);
  const choose = async (papier: string) => {
    depot.site.clock.advance(1_000);
    await visitor.get(paths.accountPaper);
    await visitor.post(paths.accountPaper, { papier, frequenceAvis: 'immediat', phraseRepere: '' });
    depot.site.clock.advance(1_000);
  };
  await choose('oui');
  await depot.sends({ matters: false });
  await choose('non');
  await depot.turn();
  assert.deepEqual(await depot.lettered(), []);
  await choose('oui');
  const queued = await depot.sends({ matters: false });
  await depot.turn();
  await choose('non');
  await depot.turn();
  assert.deepEqual((await print(depot, t))?.manifest.letters.length, 1);
  assert.deepEqual(await depot.lettered(), [[queued, 'choice']]);
  const trail = await trailOf(depot.site.services, queued);
  assert.ok(trail?.lines.some(({ text }) => text === 'the person chose no paper'));
});

test('who chose paper and has no address is reminded by mail, and told that no paper can go', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await liveAt(services, ['63000 CLERMONT-FERRAND']);
  await services.db
    .insertInto('correspondence')
    .values({
      person_key: personKey(services.keyring, nir),
      paper: true,
      paper_since: clock.now(),
      frequency: 'weekly',
      sealed: null,
      changed_at: clock.now(),
    })
    .execute();
  await depot.sends();
  await passDays(depot, 9);
  const [reminder, ...more] = await depot.told('document-unread');
  assert.deepEqual([reminder?.address, reminder?.paperAfter, more.length], [address, '', 0]);
});

test('what concerns who came of age since goes to them, at their own address, and never to who they are insured with', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const adult = personNamed('dix-huit-ans');
  clock.advance(Date.parse('2026-10-10T09:00:00Z') - clock.now().getTime());
  const [insured, other] = rightsOf(nir, adult.line.birthDate).beneficiaries;
  assert.ok(insured && other);
  const rights = { ...rightsOf(nir, ''), beneficiaries: [insured, { ...other, nir: adult.line.nir }] };
  const item = { kind: 'rights', id: 'R', nir, rights } as const;
  assert.equal((await deposit(services, caisse, item, clock.now())).kind, 'accepted');
  const id = await depot.sends({ rank: 2 });
  await depot.sends({ rank: 2, matters: false });
  const own = await depot.sends();
  await passDays(depot, 17);
  assert.deepEqual(
    (await depot.lettered()).toSorted(),
    [
      [id, 'another-adult'],
      [own, 'unread'],
    ].toSorted(),
  );
  const letters = (await depot.site.mails()).filter(({ kind }) => kind === 'document-letter');
  const name = `${adult.line.givenNames[0]} ${adult.line.usageName ?? adult.line.birthName}`;
  assert.deepEqual(letters.map(({ content }) => content.envelope?.startsWith(`${name}\n`)).toSorted(), [
    false,
    true,
  ]);
  // It comes back from there: the person’s own letters go on.
  const exported = await print(depot, t);
  assert.equal(exported?.manifest.letters.length, 2);
  const row = await services.db
    .selectFrom('document')
    .select('letter_id')
    .where('id', '=', id)
    .executeTakeFirst();
  await liveAt(services, adult.line.address);
  const answer = {
    line: 1,
    id: row?.letter_id ?? '',
    state: 'returned',
    reachedAt: clock.now(),
  } as const;
  await acknowledgeLetters(services.db, { rows: [answer], rejected: [] }, clock.now());
  const next = await depot.sends();
  await passDays(depot, 17);
  assert.deepEqual((await depot.lettered()).at(-1), [next, 'unread']);
});

test('what was opened in an account that is disputed goes on paper: nobody knows who opened it', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const id = await depot.sends();
  clock.advance(60 * minute);
  await read(depot, id);
  await freezeAccount(services, personKey(services.keyring, nir), order, clock.now());
  await passDays(depot, 16);
  assert.deepEqual(await depot.lettered(), [[id, 'no-account']]);
  const trail = await trailOf(services, id);
  assert.ok(trail?.lines.some(({ text }) => /disputed and blocked/.test(text)));
});

test('a letter to somebody who dies before the batch is not printed, and the document waits', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const id = await depot.sends();
  await depot.turn();
  const { importPeople } = await import('#src/register-import/import-people.ts');
  const dead = { ...ange.line, deceased: true };
  const options = { now: clock.now(), uuid: services.random.uuid() };
  await importPeople(services.db, services.keyring, [dead], options);
  await depot.turn();
  assert.equal(await print(depot, t), null);
  assert.equal((await found(depot, id))?.held, 'deceased');
});

test('what comes for somebody who left the register goes on paper too, until they are in it again', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const everybody: People = sql`select person_key from account`;
  const until = new Date(clock.now().getTime() + 90 * day);
  await markLeft(services.db, everybody, { since: clock.now(), until });
  clock.advance(minute);
  const id = await depot.sends();
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[id, 'left']]);
  await markReturned(services.db, everybody);
  clock.advance(minute);
  await depot.sends();
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[id, 'left']]);
});

test('one row that cannot be read keeps nobody else from getting paper, and the duty says so', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const broken = await depot.sends();
  clock.advance(minute);
  const isere = personNamed('isere');
  const unregistered = await depot.sends({ of: isere });
  const key = personKey(services.keyring, isere.line.nir);
  await services.db
    .updateTable('document')
    .set({ sealed: Buffer.alloc(80) })
    .where('id', '=', broken)
    .execute();
  await sql`update insured set sealed = ${Buffer.alloc(80)} where person_key = ${key}`.execute(services.db);
  clock.advance(minute);
  const good = await depot.sends({ of: personNamed('nom-usage') });
  await assert.rejects(sendPaper(services, clock.now()), AggregateError);
  assert.deepEqual(await depot.lettered(), [[good, 'no-account']]);
  assert.notEqual(unregistered, good);
});

test('a clock that was a year ahead for a moment leaves nothing held for a year', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  await liveAt(services, ['63000 CLERMONT-FERRAND']);
  const id = await depot.sends();
  clock.advance(365 * day);
  await depot.turn();
  clock.advance(-364 * day);
  await liveAt(services, ['1 rue des Lilas', '63000 CLERMONT-FERRAND']);
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[id, 'no-account']]);
});

test('retention deletes no document that the printer still has to have', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const id = await depot.sends();
  await depot.sends({ matters: false });
  await depot.turn();
  clock.advance(30 * day);
  assert.equal(await purgeDocuments(services.db, clock.now(), clock.now()), 1);
  assert.equal((await print(depot, t))?.manifest.letters[0]?.enclosures.length, 1);
  clock.advance(121 * day);
  assert.equal(await purgeDocuments(services.db, clock.now(), clock.now()), 1);
  assert.equal(await found(depot, id), null);
});

test('nobody is reminded whose account is closed while the reminder is made', needsServer, async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const { db } = services;
  await depot.sends();
  clock.advance(8 * day);
  const { reminding } = await db.transaction().execute(async (trx) => {
    await trx.updateTable('account').set({ status: 'disabled' }).execute();
    const reminding = remindUnread(services, clock.now());
    await Promise.race([reminding, untilWaiting(db, 1)]);
    return { reminding };
  });
  assert.equal(await reminding, 0);
  assert.deepEqual(await depot.told('document-unread'), []);
});
