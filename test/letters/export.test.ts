import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { claimBatch } from '#src/letters/batch/claim.ts';
import { exportAgain, exportLetters } from '#src/letters/batch/export.ts';
import { lettersStatus } from '#src/letters/batch/status.ts';
import { purgeLetters } from '#src/letters/purge.ts';
import { readPdf } from '../documents/other-readers.ts';
import { testApp } from '../setting/application.ts';
import {
  exporting,
  lettersFolder,
  noticeStates,
  queueAccountLetter,
  queueCodeLetter,
  withCanary,
} from './queue.ts';

test('a batch leaves: one file for each letter, one for the printer, a manifest without names', async (t) => {
  const { services, clock } = await testApp(t);
  const first = await queueCodeLetter(services, 'venturi');
  clock.advance(1_000);
  const second = await queueAccountLetter(services, 'isere');
  const folder = lettersFolder(t);
  const { exported, withheld } = await exportLetters(exporting(services, withCanary), { folder });
  assert.ok(exported);
  assert.equal(withheld, 0);
  assert.equal(exported.number, 1);
  assert.equal(exported.folder, join(folder, 'batch-000001'));
  assert.deepEqual(readdirSync(folder), ['batch-000001']);
  assert.equal(statSync(exported.folder).mode & 0o777, 0o700);

  const { manifest } = exported;
  const [one, two, canary] = manifest.letters;
  assert.deepEqual([one?.id, two?.id], [first.id, second.id], 'the oldest comes first');
  assert.deepEqual(
    manifest.letters.map((letter) => letter.canary),
    [false, false, true],
  );
  assert.equal(manifest.count, 3);
  assert.equal(manifest.merged?.pages, 3);
  const names = readdirSync(exported.folder).sort();
  assert.deepEqual(
    names,
    [`${first.id}.pdf`, `${second.id}.pdf`, `${canary?.id}.pdf`, 'letters.pdf', 'manifest.json'].sort(),
  );
  for (const name of names) assert.equal(statSync(join(exported.folder, name)).mode & 0o777, 0o600);
  for (const { file, sha256 } of [...manifest.letters, manifest.merged ?? assert.fail()])
    assert.equal(hash('sha256', readFileSync(join(exported.folder, file))), sha256);

  const said = readFileSync(join(exported.folder, 'manifest.json'), 'utf8');
  const { line } = personNamed('venturi');
  for (const personal of [line.birthName, line.nir, line.postalCode, first.code, ...line.address])
    assert.ok(!said.toLowerCase().includes(personal.toLowerCase()), personal);
  assert.deepEqual([...(await noticeStates(services)).values()], ['handed-over', 'handed-over']);
  assert.equal((await exportLetters(exporting(services), { folder })).exported, null, 'nothing is left');
});

test('no letter holds the NIR or the date of birth', async (t) => {
  const { services } = await testApp(t);
  const { code } = await queueCodeLetter(services, 'venturi');
  await queueAccountLetter(services, 'venturi');
  const { exported } = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  assert.ok(exported);
  const { text } = await readPdf(readFileSync(join(exported.folder, 'letters.pdf')));
  const { line } = personNamed('venturi');
  const digits = text.replace(/\D/g, '');
  assert.ok(!digits.includes(line.nir.replace(/\D/g, '')));
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  assert.ok(!text.includes(`${day}/${month}/${year}`) && !text.includes(year));
  assert.ok(text.replace(/\s/g, '').includes(code));
});

test('letters are taken oldest first, a limited number at a time, and a dry run takes none', async (t) => {
  const { services, clock } = await testApp(t);
  const ids: string[] = [];
  for (const cle of ['venturi', 'isere', 'loire']) {
    ids.push((await queueCodeLetter(services, cle)).id);
    clock.advance(1_000);
  }
  const options = { atMost: 2, canary: true };
  const dry = await claimBatch(services, { ...options, dryRun: true }, clock.now());
  assert.deepEqual([dry.batch, dry.letters], [null, 2]);
  assert.equal((await services.db.selectFrom('letter_batch').selectAll().execute()).length, 0);
  const folder = lettersFolder(t);
  const { exported } = await exportLetters(exporting(services), { folder, atMost: 2 });
  assert.deepEqual(
    exported?.manifest.letters.map(({ id }) => id),
    ids.slice(0, 2),
  );
  const status = await lettersStatus(services.db);
  assert.equal(status.waiting, 1);
  assert.deepEqual(
    status.batches.map(({ number, letters, exportedAt }) => [number, letters, exportedAt !== null]),
    [[1, 2, true]],
  );
});

test('a letter whose code is used, replaced, dead or whose address is too long is withheld', async (t) => {
  const { services, clock } = await testApp(t);
  const replaced = await queueCodeLetter(services, 'venturi');
  const alive = await queueCodeLetter(services, 'venturi');
  const used = await queueCodeLetter(services, 'isere');
  await services.db
    .updateTable('provisional_code')
    .set({ used_at: clock.now() })
    .where('notice_id', '=', used.id)
    .execute();
  const dead = await queueCodeLetter(services, 'loire', { days: 0 });
  const endless = await queueCodeLetter(services, 'corse-2a', {
    address: `${'Abcdefghijk '.repeat(20)}\n80000 AMIENS`,
  });
  const { exported, withheld } = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  assert.equal(withheld, 4);
  assert.deepEqual(
    exported?.manifest.letters.filter(({ canary }) => !canary).map(({ id }) => id),
    [alive.id],
  );
  assert.deepEqual(
    await noticeStates(services),
    new Map([
      [replaced.id, 'withheld expired'],
      [alive.id, 'handed-over'],
      [used.id, 'withheld expired'],
      [dead.id, 'withheld expired'],
      [endless.id, 'withheld address-too-long'],
    ]),
  );
});

test('an export that was cut short ends with the same batch, the same ids and the same bytes', async (t) => {
  const { services, clock } = await testApp(t);
  await queueCodeLetter(services, 'venturi');
  await queueCodeLetter(services, 'isere');
  const claim = await claimBatch(services, { atMost: 10, canary: true }, clock.now());
  assert.ok(claim.batch);
  clock.advance(3_600_000);
  const late = await queueCodeLetter(services, 'loire');
  const folder = lettersFolder(t);
  mkdirSync(join(folder, '.batch-000001-cut-short'));
  writeFileSync(join(folder, '.batch-000001-cut-short', 'x.pdf'), 'half');
  const { exported } = await exportLetters(exporting(services, withCanary), { folder });
  assert.ok(exported);
  assert.equal(exported.resumed, true);
  assert.equal(exported.manifest.batch, claim.batch.id);
  assert.equal(exported.manifest.letters.at(-1)?.id, claim.batch.canary);
  assert.deepEqual(readdirSync(folder), ['batch-000001'], 'what was half written is gone');
  const ids = exported.manifest.letters.map(({ id }) => id);
  assert.ok(!ids.includes(late.id), 'nobody joins a batch that was begun');

  // Killed after the folder appeared, before the database knew.
  await services.db.updateTable('letter_batch').set({ exported_at: null }).execute();
  const again = await exportLetters(exporting(services, withCanary), { folder });
  assert.deepEqual(again.exported?.manifest, exported.manifest);
  assert.equal((await noticeStates(services)).get(late.id), 'queued');

  // The printer took the folder away meanwhile, and the clock went on.
  await services.db.updateTable('letter_batch').set({ exported_at: null }).execute();
  renameSync(join(folder, 'batch-000001'), join(folder, 'taken'));
  clock.advance(3_600_000);
  const third = await exportLetters(exporting(services, withCanary), { folder });
  assert.deepEqual(third.exported?.manifest, exported.manifest, 'byte for byte, as the sums say');
});

test('two exports at once make one batch', async (t) => {
  const { services } = await testApp(t);
  await queueCodeLetter(services, 'venturi');
  const folder = lettersFolder(t);
  const both = await Promise.all([
    exportLetters(exporting(services), { folder }),
    exportLetters(exporting(services), { folder }),
  ]);
  const made = both.flatMap(({ exported }) => (exported ? [exported.manifest.batch] : []));
  assert.equal(new Set(made).size, 1);
  assert.deepEqual(readdirSync(folder), ['batch-000001']);

  await queueCodeLetter(services, 'isere');
  const apart = await Promise.all(
    [lettersFolder(t), lettersFolder(t)].map((own) => exportLetters(exporting(services), { folder: own })),
  );
  const copies = apart.flatMap(({ exported }) => (exported ? [exported.isSecondCopy] : []));
  assert.equal(copies.filter((isSecond) => !isSecond).length, 1, 'one is to be printed');
});

test('a folder of another installation is left alone', async (t) => {
  const { services } = await testApp(t);
  await queueCodeLetter(services, 'venturi');
  const folder = lettersFolder(t);
  mkdirSync(join(folder, 'batch-000001'));
  writeFileSync(join(folder, 'batch-000001', 'other'), 'x');
  await assert.rejects(exportLetters(exporting(services), { folder }));
  assert.deepEqual(readdirSync(folder), ['batch-000001']);
  assert.deepEqual([...(await noticeStates(services)).values()], ['queued']);
});

test('a batch can be written again for a printer that lost it, until its letters are erased', async (t) => {
  const { services, clock } = await testApp(t);
  const { id } = await queueCodeLetter(services, 'venturi');
  const { exported } = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(86_400_000);
  const again = await exportAgain(exporting(services), 1, { folder: lettersFolder(t) });
  assert.deepEqual(again?.manifest, exported?.manifest);
  assert.equal(await exportAgain(exporting(services), 2, { folder: lettersFolder(t) }), null);

  assert.equal(await purgeLetters(services.db, clock.now()), 0, 'not acknowledged yet');
  const rows = [{ line: 1, id, state: 'printed' as const, reachedAt: clock.now() }];
  await acknowledgeLetters(services.db, { rows, rejected: [] }, clock.now());
  clock.advance(23 * 3_600_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 0);
  clock.advance(2 * 3_600_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 1);
  await assert.rejects(exportAgain(exporting(services), 1, { folder: lettersFolder(t) }), /erased/);
});

test('what an unacknowledged letter said is erased after 15 days, a withheld one after a day', async (t) => {
  const { services, clock } = await testApp(t);
  await queueCodeLetter(services, 'venturi');
  await queueCodeLetter(services, 'isere', { days: 0 });
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(25 * 3_600_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 1);
  clock.advance(14 * 86_400_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 1);
  clock.advance(366 * 86_400_000);
  await purgeLetters(services.db, clock.now());
  assert.deepEqual(await services.db.selectFrom('letter').selectAll().execute(), []);
  const batches = await services.db.selectFrom('letter_batch').select('number').execute();
  assert.deepEqual(batches, [{ number: 1 }], 'the last number is never given again');
});

test('what no export took is erased after 90 days, and withheld by the next', async (t) => {
  const { services, clock } = await testApp(t);
  await queueCodeLetter(services, 'venturi', { days: 30 });
  clock.advance(89 * 86_400_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 0);
  clock.advance(2 * 86_400_000);
  assert.equal(await purgeLetters(services.db, clock.now()), 1);
  const { exported, withheld } = await exportLetters(exporting(services), { folder: lettersFolder(t) });
  assert.deepEqual([exported, withheld], [null, 1]);
});
