import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillReference } from '#src/caisse/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { testDatabase } from '#src/database/testing.ts';
import { demoPersons, registerFile } from '#src/register/fictitious/demo-register.ts';
import { people, personNamed } from '#src/register/fictitious/people.ts';
import { type ImportOptions, importRegister } from '#src/register/import.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { findInsured } from '#src/register/store.ts';
import { proofAgrees } from '#src/register/verifiers.ts';

const first = Buffer.alloc(32, 1);
const keyring = openKeyring(new Map([[1, first]]));
const options: ImportOptions = {
  now: new Date('2026-11-21T12:00:00Z'),
  uuid: 'a3b7d6f4-0d1f-4a2e-9a53-1f6f1c1f0001',
};
const venturi = personNamed('venturi').line;

const asFile = (...lines: RegisterLine[]) => [...registerFile(lines)];

test('importing a register file', async (t) => {
  const { db } = await testDatabase(t);
  await fillReference(db);
  t.beforeEach(async () => {
    await db.deleteFrom('insured').execute();
  });

  function load(
    lines: Iterable<string> | AsyncIterable<string>,
    more: Partial<ImportOptions> = {},
    keys = keyring,
  ) {
    return importRegister(db, keys, lines, { ...options, ...more });
  }

  function stored() {
    return db.selectFrom('insured').selectAll().orderBy('person_key').execute();
  }

  await t.test('every person of the demo is loaded and found as the file described them', async () => {
    const everybody = demoPersons({ generated: 700 }).map(({ line }) => line);
    const progress: number[] = [];
    const summary = await load(registerFile(everybody), { onProgress: (read) => progress.push(read) });
    const count = everybody.length;
    assert.deepEqual(summary, {
      batch: options.uuid,
      dryRun: false,
      read: count,
      accepted: count,
      rejectedCount: 0,
      rejected: [],
      written: { added: count, updated: 0, absent: 0 },
    });
    assert.deepEqual(progress, [500, count]);
    for (const { line } of people) {
      const found = await findInsured(db, keyring, line.nir);
      assert.ok(found);
      const { iban, card, ...rest } = line;
      const { ibanStart, card: knownCard, ...known } = found.insured;
      assert.deepEqual(known, rest);
      assert.equal(ibanStart, iban?.slice(0, -7) ?? null);
      assert.equal(knownCard?.type, card?.type);
      const typed = { tail: iban?.slice(-7) ?? '', serial: card?.serial ?? '' };
      assert.equal(proofAgrees(keyring, found.personKey, typed, found), iban !== null && card !== null);
    }
    assert.equal(await findInsured(db, keyring, '2990175056999'), null);
  });

  await t.test('nothing of a person is stored in clear', async () => {
    await load(asFile(venturi));
    const [row] = await stored();
    assert.ok(row);
    const bytes = [row.person_key, row.sealed, row.iban_verifier, row.serial_verifier]
      .map((value) => value?.toString('latin1'))
      .join();
    for (const secret of ['162122B010001', 'Venturi', '0G02443', '04671322630', '1962', '63000'])
      assert.ok(!bytes.includes(secret), secret);
  });

  await t.test('loading again changes nobody, a newer file updates, and the absent stay', async () => {
    const all = people.map(({ line }) => line);
    await load(asFile(...all));
    const again = await load(asFile(...all));
    assert.deepEqual(again.written, { added: 0, updated: all.length, absent: 0 });
    assert.equal((await stored()).length, all.length);

    const moved = { ...venturi, postalCode: '20200', formerPostalCodes: ['63000'], iban: null };
    const newer = await load(asFile(moved), { uuid: 'a3b7d6f4-0d1f-4a2e-9a53-1f6f1c1f0002' });
    assert.deepEqual(newer.written, { added: 0, updated: 1, absent: all.length - 1 });
    const found = await findInsured(db, keyring, venturi.nir);
    assert.equal(found?.insured.postalCode, '20200');
    assert.equal(found?.ibanVerifier, null);
    assert.equal((await stored()).length, all.length);
  });

  await t.test('bad lines are set aside with their number and a reason without personal data', async () => {
    const [good = '', other = ''] = asFile(venturi, personNamed('loire').line);
    const bad = asFile({ ...venturi, nir: '1', birthName: 'Confidentiel' });
    const summary = await load([`\uFEFF${good}\r`, '', ...bad, good, `${other}\r`, other.slice(0, 40)]);
    assert.equal(summary.read, 5);
    assert.equal(summary.accepted, 2);
    assert.deepEqual(summary.rejected, [
      { line: 3, reason: 'nir: length' },
      { line: 4, reason: 'nir: duplicate' },
      { line: 6, reason: 'line: not_json' },
    ]);
    assert.doesNotMatch(JSON.stringify(summary), /Confidentiel|Venturi|162122B/);
  });

  await t.test('only the first 1,000 reasons are kept, all are counted', async () => {
    const summary = await load(Array.from({ length: 1200 }, () => 'x'));
    assert.equal(summary.rejectedCount, 1200);
    assert.equal(summary.rejected.length, 1000);
    assert.deepEqual(summary.written, { added: 0, updated: 0, absent: 0 });
  });

  await t.test('a dry run checks the same and writes nothing', async () => {
    const lines = [...asFile(venturi, venturi), 'x'];
    const summary = await load(lines, { dryRun: true });
    assert.deepEqual(
      { ...summary, batch: '' },
      {
        batch: '',
        dryRun: true,
        read: 3,
        accepted: 1,
        rejectedCount: 2,
        rejected: [
          { line: 2, reason: 'nir: duplicate' },
          { line: 3, reason: 'line: not_json' },
        ],
        written: null,
      },
    );
    assert.equal((await stored()).length, 0);
  });

  await t.test('a file that breaks on the way leaves the register as it was', async () => {
    await load(asFile(venturi));
    const before = await stored();
    async function* broken() {
      yield* registerFile(demoPersons({ generated: 600 }).map(({ line }) => line));
      throw new Error('The disk is gone');
    }
    await assert.rejects(
      load(broken(), { uuid: 'a3b7d6f4-0d1f-4a2e-9a53-1f6f1c1f0003' }),
      /The disk is gone/,
    );
    assert.deepEqual(await stored(), before);
  });

  await t.test('during a key rotation a person keeps the name under which their account is', async () => {
    await load(asFile(venturi));
    const before = await stored();
    const rotating = openKeyring(
      new Map([
        [1, first],
        [2, Buffer.alloc(32, 2)],
      ]),
    );
    const loire = personNamed('loire').line;
    await load(asFile({ ...venturi, knownEmail: null }, loire), {}, rotating);
    const rows = await stored();
    assert.equal(rows.length, 2);
    const found = await findInsured(db, rotating, venturi.nir);
    assert.deepEqual(found?.personKey, before[0]?.person_key);
    assert.equal(found?.insured.knownEmail, null);
    assert.equal(
      rows.find((row) => row.person_key.equals(found?.personKey ?? Buffer.alloc(0)))?.key_version,
      1,
    );
    const newcomer = await findInsured(db, rotating, loire.nir);
    assert.equal(
      rows.find((row) => row.person_key.equals(newcomer?.personKey ?? Buffer.alloc(0)))?.key_version,
      2,
    );
  });

  await t.test('a row moved onto another person does not open', async () => {
    await load(asFile(venturi, personNamed('loire').line));
    const [one, two] = await stored();
    assert.ok(one && two);
    await db
      .updateTable('insured')
      .set({ sealed: one.sealed })
      .where('person_key', '=', two.person_key)
      .execute();
    const opened = await Promise.allSettled(
      [venturi.nir, '2740942218087'].map((nir) => findInsured(db, keyring, nir)),
    );
    assert.deepEqual(opened.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });
});
