import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { changeCorrespondence } from '#src/account/correspondence/change-correspondence.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { findCorrespondence } from '#src/correspondence/correspondence.ts';
import { recordLaterFate } from '#src/delivery/later-fate.ts';
import { deposit } from '#src/depot/deposit.ts';
import { countRows, readRowCounts } from '#src/housekeeping/row-counts.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportAgain, exportLetters } from '#src/letters/batch/export.ts';
import { purgeLetters } from '#src/letters/purge.ts';
import { remindUnread } from '#src/paper/remind-unread.ts';
import { sendPaper } from '#src/paper/send-paper.ts';
import { trailOf } from '#src/paper/trail.ts';
import { paths, withId } from '#src/paths.ts';
import { caisse, rightsOf } from '../depot/senders.ts';
import { exporting, lettersFolder } from '../letters/queue.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { address, ange, day, depotOf, found, liveAt, minute, passDays, pdf, read } from './depot.ts';

const { nir } = ange.line;

test('who never reads is reminded once, then gets paper once', async (t) => {
  const depot = await depotOf(t);
  const id = await depot.sends();
  const other = await depot.sends();
  await depot.sends({ matters: false });
  await passDays(depot, 7);
  assert.deepEqual(await depot.told('document-unread'), []);
  await passDays(depot, 1);
  const [reminder, ...more] = await depot.told('document-unread');
  assert.deepEqual([reminder?.address, reminder?.documents, more.length], [address, '2', 0]);
  assert.match(reminder?.paperAfter ?? '', /^2026-03-17T/);
  await passDays(depot, 7);
  assert.deepEqual(await depot.lettered(), [], 'not before the day is over');
  await passDays(depot, 3);
  assert.deepEqual(
    (await depot.lettered()).toSorted(),
    [
      [id, 'unread'],
      [other, 'unread'],
    ].toSorted(),
  );
  assert.equal((await depot.told('document-unread')).length, 1);
  assert.equal((await found(depot, id))?.lettered?.why, 'unread');

  const { exported } = await exportLetters(exporting(depot.site.services), { folder: lettersFolder(t) });
  const letters = exported?.manifest.letters ?? [];
  const reachedAt = depot.site.clock.now();
  const rows = letters.map((one, line) => ({ line, id: one.id, state: 'posted', reachedAt }) as const);
  await acknowledgeLetters(depot.site.services.db, { rows, rejected: [] }, reachedAt);
  const trail = await trailOf(depot.site.services, id);
  assert.deepEqual(
    trail?.lines.map(({ text }) => text.replace(/: [\da-f-]{36}$/, '')),
    [
      'deposited by caisse-631; a mail is to tell of it',
      'mail queued that tells of it',
      'mail accepted by the mail server',
      'mail queued that reminds of it',
      'mail accepted by the mail server',
      'letter queued, because it matters and was unread',
      'letter and document handed to the printer, in batch 1',
      'the printer reported: letter posted on 2026-03-20',
    ],
  );
});

test('who reads on day 6 is not reminded, who reads on day 14 gets no paper', async (t) => {
  const depot = await depotOf(t);
  const early = await depot.sends();
  await passDays(depot, 6);
  await read(depot, early);
  await passDays(depot, 3);
  assert.deepEqual(await depot.told('document-unread'), []);
  const late = await depot.sends();
  await passDays(depot, 14);
  await read(depot, late);
  await passDays(depot, 4);
  assert.equal((await depot.told('document-unread')).length, 1);
  assert.deepEqual(await depot.lettered(), []);
});

test('what a mailbox bounced, or refused, goes by post at once, if it matters', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const id = await depot.sends();
  await depot.sends({ matters: false });
  clock.advance(6 * minute);
  await depot.turn();
  const told = await services.db
    .selectFrom('notice')
    .select('id')
    .where('kind', '=', 'new-deposits')
    .execute();
  await recordLaterFate(
    services.db,
    told[0]?.id ?? '',
    { kind: 'bounced', reason: 'dsn-5.1.1' },
    clock.now(),
  );
  // What came after the mail waits for its own.
  clock.advance(1_000);
  const later = await depot.sends();
  await depot.turn();
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[id, 'bounced']]);
  depot.post.sink.refuse('recipient', 550, 1);
  clock.advance(6 * minute);
  await depot.turn();
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [
    [id, 'bounced'],
    [later, 'bounced'],
  ]);
});

test('what matters for somebody without an account goes by post, at once', async (t) => {
  const depot = await depotOf(t, { account: false });
  const id = await depot.sends();
  await depot.sends({ matters: false });
  await depot.turn();
  await openAccountOf(depot.site, ange, address);
  await depot.sends();
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[id, 'no-account']]);
});

test('paper that is chosen holds for what comes since, until it is given up', async (t) => {
  const depot = await depotOf(t);
  const visitor = await signedInVisitor(depot.site, ange);
  const choose = async (papier: string) => {
    depot.site.clock.advance(1_000);
    await visitor.get(paths.accountPaper);
    const fields = { papier, frequenceAvis: 'immediat', phraseRepere: '' };
    assert.equal((await visitor.post(paths.accountPaper, fields)).location, paths.account);
    depot.site.clock.advance(1_000);
  };
  await depot.sends({ matters: false });
  await choose('oui');
  const second = await depot.sends({ matters: false });
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[second, 'choice']]);
  await choose('non');
  await depot.sends({ matters: false });
  await depot.turn();
  assert.equal((await depot.lettered()).length, 1);
});

test('of two choices made from one page at once, one is stored', async (t) => {
  const { site } = await depotOf(t);
  const { services, clock } = site;
  const account = await findAccountOfNir(services.db, services.keyring, nir);
  assert.ok(account);
  const { personKey } = account;
  // The first has no row to replace, the second has one.
  for (const paper of [true, false]) {
    const current = await findCorrespondence(services.db, services.keyring, personKey);
    clock.advance(minute);
    const choices = (['daily', 'weekly'] as const).map((frequency) => ({
      paper,
      frequency,
      phrase: frequency,
    }));
    const stored: readonly boolean[] = await Promise.all(
      choices.map((choice) => changeCorrespondence(services, account, current, choice, clock.now())),
    );
    assert.deepEqual(stored.toSorted(), [false, true]);
    const { frequency, phrase } = await findCorrespondence(services.db, services.keyring, personKey);
    const { frequency: won } = choices[stored.indexOf(true)] ?? {};
    assert.deepEqual([frequency, phrase], [won, won]);
  }
});

test('several nodes at once, and one that fails in between, send one letter and one reminder', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const id = await depot.sends();
  clock.advance(8 * day);
  const remind = () => remindUnread(services, clock.now());
  const reminded = await Promise.all([remind(), remind(), remind()]);
  assert.equal(
    reminded.reduce((sum, one) => sum + one, 0),
    1,
  );
  clock.advance(8 * day);
  const broken = { ...services, random: { ...services.random, uuid: () => 'no uuid' } };
  await assert.rejects(sendPaper(broken, clock.now()));
  assert.equal((await found(depot, id))?.lettered, null, 'nothing is half done');
  const send = () => sendPaper(services, clock.now());
  const sent = await Promise.all([send(), send(), send()]);
  assert.equal(
    sent.reduce((sum, { lettered }) => sum + lettered, 0),
    1,
  );
  assert.deepEqual(await depot.lettered(), [[id, 'unread']]);
});

test('without a known address nothing is lost: it goes once there is one, also after a letter came back', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const { db } = services;
  await liveAt(services, ['63000 CLERMONT-FERRAND']);
  const id = await depot.sends();
  await depot.turn();
  const held = () => db.selectFrom('document').select(['held_for', 'held_because']).executeTakeFirst();
  assert.deepEqual(await held(), { held_for: 'no-account', held_because: 'no-address' });
  await liveAt(services, ['1 rue des Lilas', '63000 CLERMONT-FERRAND']);
  await passDays(depot, 2);
  assert.deepEqual(await depot.lettered(), [[id, 'no-account']]);

  const { exported } = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  const letter = exported?.manifest.letters[0]?.id ?? '';
  const answer = { line: 1, id: letter, state: 'returned', reachedAt: clock.now() } as const;
  await acknowledgeLetters(db, { rows: [answer], rejected: [] }, clock.now());
  await passDays(depot, 3);
  assert.equal((await depot.lettered()).length, 1, 'not again to the same address');
  assert.deepEqual(await held(), { held_for: 'no-account', held_because: 'no-address' });
  await liveAt(services, ['2 rue des Roses', '63000 CLERMONT-FERRAND']);
  await passDays(depot, 2);
  assert.equal((await depot.lettered()).length, 2);
});

test('who has an account reads there that a document cannot go by post, then that it went', async (t) => {
  const depot = await depotOf(t);
  const { services } = depot.site;
  await liveAt(services, ['63000 CLERMONT-FERRAND']);
  const id = await depot.sends();
  await passDays(depot, 16);
  const visitor = await signedInVisitor(depot.site, ange);
  const page = withId(paths.accountDocument, id);
  assert.match((await visitor.get(page)).html, /ne connaît pas votre adresse/);
  await liveAt(services, ['1 rue des Lilas', '63000 CLERMONT-FERRAND']);
  await passDays(depot, 2);
  const later = await signedInVisitor(depot.site, ange);
  const seen = await later.get(page);
  assert.match(seen.html, /Envoyé aussi par courrier le/);
  assert.doesNotMatch(seen.html, /ne connaît pas votre adresse/);
  assert.deepEqual(await depot.lettered(), [[id, 'unread']]);
});

test('the printed batch holds a cover and its document, once, and neither after the purge', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  await depot.sends();
  await depot.turn();
  const folder = lettersFolder(t);
  const { exported } = await exportLetters(exporting(services), { folder });
  assert.ok(exported);
  const [letter, ...more] = exported.manifest.letters;
  assert.deepEqual([more.length, exported.manifest.merged, letter?.firstPage], [0, null, null]);
  assert.equal(letter?.enclosures[0]?.type, 'application/pdf');
  assert.ok(readFileSync(join(exported.folder, letter.enclosures[0]?.file ?? '')).equals(pdf));
  assert.deepEqual(
    readdirSync(exported.folder).sort(),
    [letter.file, letter.enclosures[0]?.file, 'manifest.json'].sort(),
  );
  assert.equal((await exportLetters(exporting(services), { folder })).exported, null);
  const again = await exportAgain(exporting(services), 1, { folder: lettersFolder(t) });
  assert.deepEqual(again?.manifest, exported.manifest);
  clock.advance(16 * day);
  await purgeLetters(services.db, clock.now());
  await assert.rejects(exportAgain(exporting(services), 1, { folder: lettersFolder(t) }), /erased/);
});

test('what concerns another adult goes to nobody, and an operator sees that it waits', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const rights = (birthDate: string) =>
    ({ kind: 'rights', id: birthDate, nir, rights: rightsOf(nir, birthDate) }) as const;
  await deposit(services, caisse, rights('2015-05-05'), clock.now());
  await depot.sends({ rank: 2 });
  await deposit(services, caisse, rights('1990-05-05'), clock.now());
  await passDays(depot, 17);
  assert.deepEqual(await depot.lettered(), []);
  assert.deepEqual(await depot.told('document-unread'), []);
  await countRows.run(services, clock.now());
  const counted = await readRowCounts(services.db);
  assert.deepEqual(counted?.documentsHeld, { 'no-address': 0, deceased: 0, 'other-adult': 1 });
});

test('a reminder counts and dates nothing that concerns another adult, and is not lost because of it', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  const rights = (birthDate: string) =>
    ({ kind: 'rights', id: birthDate, nir, rights: rightsOf(nir, birthDate) }) as const;
  await deposit(services, caisse, rights('2015-05-05'), clock.now());
  await depot.sends({ rank: 2 });
  clock.advance(60 * minute);
  const own = (await found(depot, await depot.sends()))?.depositedAt.toISOString();
  await depot.sends({ rank: 2 });
  await deposit(services, caisse, rights('1990-05-05'), clock.now());
  await passDays(depot, 9);
  const reminders = await depot.told('document-unread');
  assert.deepEqual(
    reminders.map(({ documents, depositedAt }) => [documents, depositedAt]),
    [['1', own]],
  );
});

test('where no letters are printed, none is queued or promised', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await depot.sends();
  clock.advance(17 * day);
  const without = { ...services, channels: { ...services.channels, letters: false } };
  await remindUnread(without, clock.now());
  assert.deepEqual(await sendPaper(without, clock.now()), { lettered: 0, held: 0 });
  assert.equal((await depot.told('document-unread'))[0]?.paperAfter, '');
});
