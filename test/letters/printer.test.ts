import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyAudit } from '#src/audit/verify.ts';
import { supersedeCodeOf } from '#src/codes/store.ts';
import { isReturned } from '#src/letters/address.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';
import { remindUnusedLetters } from '#src/lifecycle/letter-reminders.ts';
import type { Services } from '#src/services.ts';
import { testApp } from '../setting/application.ts';
import { needsServer } from '../setting/database.ts';
import { untilWaiting } from '../setting/locks.ts';
import { exporting, lettersFolder, noticeStates, queueCodeLetter, withCanary } from './queue.ts';

const now = new Date('2026-03-04T09:00:00Z');
const id = '3f2a91c4-0000-4000-8000-00000000000a';
const day = 86_400_000;

test('a printer answers in lines or in JSON, in its own words', () => {
  const expected = [
    { line: 2, id, state: 'printed', reachedAt: new Date('2026-03-03T11:00:00Z') },
    { line: 3, id, state: 'posted', reachedAt: new Date('2026-03-03T11:00:00Z') },
    { line: 5, id, state: 'returned', reachedAt: new Date('2026-03-03T15:30:00Z') },
  ];
  const lines = `\ufeffid;état;date\r\n${id.toUpperCase()};imprimée;2026-03-03\r\n"${id}";"Postée";"03/03/2026"\r\n\r\n${id};revenue (NPAI);2026-03-03T16:30:00+01:00\r\n`;
  assert.deepEqual(readPrinterAnswer(lines, now), { rows: expected, rejected: [] });
  const letters = [
    { id, state: 'imprimée', date: '2026-03-03' },
    { id, state: 'POSTEE', date: '03/03/2026' },
    { id, state: 'NPAI', date: '2026-03-03T15:30:00Z' },
  ];
  for (const json of [letters, { letters }]) {
    const { rows } = readPrinterAnswer(`\ufeff${JSON.stringify(json)}\n`, now);
    assert.deepEqual(
      rows.map(({ state, reachedAt }) => ({ state, reachedAt })),
      expected.map(({ state, reachedAt }) => ({ state, reachedAt })),
    );
  }
  for (const none of ['{"other": 1}', '{}'])
    assert.throws(() => readPrinterAnswer(none, now), /no list of letters/);
  assert.throws(() => readPrinterAnswer(`[{"id": "${id}"`, now), { message: /^its JSON cannot be read: / });
});

for (const [line, reason] of [
  [`${id};perdue;2026-03-03`, 'unknown-state'],
  [`${id};imprimée;hier`, 'unknown-date'],
  [`${id};imprimée;2026-02-30`, 'unknown-date'],
  [`${id};imprimée;2026-03-06`, 'date-in-the-future'],
  ['12;imprimée;2026-03-03', 'unreadable'],
  [`${id};imprimée`, 'unreadable'],
  [`${id};imprimée;2026-03-03;encore`, 'unreadable'],
] as const)
  test(`a line with «${line}» is rejected: ${reason}`, () => {
    assert.deepEqual(readPrinterAnswer(`\n${line}\n`, now), { rows: [], rejected: [{ line: 2, reason }] });
  });

/** The printer's answer about some letters, read and noted. */
function answer({ db, clock }: Services, lines: string) {
  return acknowledgeLetters(db, readPrinterAnswer(lines, clock.now()), clock.now());
}

async function kindsOf({ db }: Services): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select('kind')
    .orderBy('person_key')
    .orderBy('seq')
    .execute();
  return rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('letter-'));
}

test('what the printer says is noted once, with its audit events, and never taken back', async (t) => {
  const { services, clock } = await testApp(t);
  const letter = await queueCodeLetter(services, 'venturi');
  const { exported } = await exportLetters(exporting(services, withCanary), { folder: lettersFolder(t) });
  const canary = exported?.manifest.letters.find((one) => one.canary)?.id;
  clock.advance(day);
  const posted = `${letter.id};imprimée;2026-03-02\n${letter.id};postée;2026-03-03\n${canary};postée;2026-03-03`;
  const first = await answer(services, posted);
  assert.deepEqual(first, { changed: 1, printed: 1, posted: 1, returned: 0, canary: 1, rejected: [] });
  const row = await services.db.selectFrom('letter').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.state, 'posted');
  assert.deepEqual(row.printed_at, new Date('2026-03-02T11:00:00Z'));
  assert.deepEqual(row.posted_at, new Date('2026-03-03T11:00:00Z'));
  const batch = await services.db.selectFrom('letter_batch').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(batch.acknowledged_at, clock.now());

  for (const repeated of [posted, `${letter.id};imprimée;2026-03-03`])
    assert.equal((await answer(services, repeated)).changed, 0);
  assert.deepEqual(await services.db.selectFrom('letter').selectAll().executeTakeFirst(), row);
  assert.deepEqual(await kindsOf(services), ['letter-printed', 'letter-posted']);
  assert.equal((await verifyAudit(services.db)).brokenCount, 0);
});

test('rows about unknown letters or from before the batch are rejected, by their line', async (t) => {
  const { services } = await testApp(t);
  const letter = await queueCodeLetter(services, 'venturi');
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  const told = await answer(services, `${id};postée;2026-03-02\n${letter.id};imprimée;2026-02-20\nx;y;z`);
  assert.equal(told.changed, 0);
  assert.deepEqual(told.rejected, [
    { line: 1, reason: 'unknown-letter' },
    { line: 2, reason: 'date-before-the-batch' },
    { line: 3, reason: 'unreadable' },
  ]);
});

test('a letter that came back ends its code, and no other goes to that address', async (t) => {
  const { services, clock } = await testApp(t);
  const letter = await queueCodeLetter(services, 'venturi');
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(8 * day);
  await answer(services, `${letter.id};revenue (NPAI);2026-03-09`);
  const code = await services.db
    .selectFrom('provisional_code')
    .select('superseded_at')
    .executeTakeFirstOrThrow();
  assert.deepEqual(code.superseded_at, clock.now());
  assert.equal((await noticeStates(services)).get(letter.id), 'bounced npai');
  assert.deepEqual(await kindsOf(services), ['letter-returned']);
  const { db, keyring } = services;
  const returned = await db
    .selectFrom('letter')
    .select('address_key')
    .where('state', '=', 'returned')
    .execute();
  const cameBack = returned.map(({ address_key }) => address_key);
  assert.equal(isReturned(keyring, cameBack, letter.envelope), true);
  const moved = 'Camille VENTURI\n12 rue Neuve\n63000 CLERMONT-FERRAND';
  assert.equal(isReturned(keyring, cameBack, moved), false);

  const same = await queueCodeLetter(services, 'venturi');
  const again = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  assert.deepEqual([again.exported, again.withheld], [null, 1]);
  assert.equal((await noticeStates(services)).get(same.id), 'withheld returned-before');
  const elsewhere = await queueCodeLetter(services, 'venturi', { address: moved });
  const third = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  assert.equal(third.exported?.manifest.letters[0]?.id, elsewhere.id);
});

test('a person who has not used the code gets one reminder, by a channel of the register', async (t) => {
  const { services, clock } = await testApp(t);
  const { reminderDays } = services.policy.codes.letter;
  const letter = await queueCodeLetter(services, 'venturi');
  const used = await queueCodeLetter(services, 'isere');
  await queueCodeLetter(services, 'loire');
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  const back = await services.db
    .selectFrom('notice')
    .select('id')
    .where('id', 'not in', [letter.id, used.id])
    .execute();
  clock.advance(2 * day);
  await answer(services, `${letter.id};postée;2026-03-04\n${back[0]?.id};NPAI;2026-03-04`);
  await services.db
    .updateTable('provisional_code')
    .set({ used_at: clock.now() })
    .where('notice_id', '=', used.id)
    .execute();
  clock.advance((reminderDays - 1) * day);
  assert.equal(await remindUnusedLetters(services, clock.now()), 0);
  clock.advance(2 * day);
  const told = await Promise.all([
    remindUnusedLetters(services, clock.now()),
    remindUnusedLetters(services, clock.now()),
  ]);
  assert.equal(told[0] + told[1], 1, 'once, however many look');
  clock.advance(day);
  assert.equal(await remindUnusedLetters(services, clock.now()), 0);
  const kinds = await services.db
    .selectFrom('notice')
    .select(['kind', 'person_key'])
    .where('channel', '!=', 'letter')
    .execute();
  assert.equal(kinds.length, 1);
  assert.match(kinds[0]?.kind ?? '', /^letter-unused(-sms)?$/);
  assert.deepEqual(kinds[0]?.person_key, letter.personKey);
});

test('a person whose data cannot be read keeps no other from being reminded', async (t) => {
  const { services, clock } = await testApp(t);
  const { db } = services;
  const broken = await queueCodeLetter(services, 'venturi');
  await queueCodeLetter(services, 'isere');
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  await db
    .updateTable('insured')
    .set({ sealed: Buffer.alloc(60) })
    .where('person_key', '=', broken.personKey)
    .execute();
  clock.advance((services.policy.codes.letter.reminderDays + 1) * day);
  await assert.rejects(remindUnusedLetters(services, clock.now()), AggregateError);
  const told = await db.selectFrom('notice').select('person_key').where('channel', '!=', 'letter').execute();
  assert.equal(told.length, 1);
  assert.notDeepEqual(told[0]?.person_key, broken.personKey);
});

test('a code that is dead, or whose person cannot be reached, is not mentioned', async (t) => {
  const { services, clock } = await testApp(t);
  await queueCodeLetter(services, 'venturi', { days: 5 });
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(15 * day);
  assert.equal(await remindUnusedLetters(services, clock.now()), 0);
});

test('nobody is reminded of a code that ends while the reminder is made', needsServer, async (t) => {
  const { services, clock } = await testApp(t);
  const { db } = services;
  const letter = await queueCodeLetter(services, 'venturi');
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance((services.policy.codes.letter.reminderDays + 1) * day);
  const { reminding } = await db.transaction().execute(async (trx) => {
    await supersedeCodeOf(trx, letter.personKey, letter.id, clock.now());
    const reminding = remindUnusedLetters(services, clock.now());
    await Promise.race([reminding, untilWaiting(db, 1)]);
    return { reminding };
  });
  assert.equal(await reminding, 0);
});
