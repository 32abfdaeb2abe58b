import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fillReference } from '#src/caisses/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { usualCards } from '#src/proofs/card-serial.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { findInsured } from '#src/register/store.ts';
import { type ImportOptions, importRegister } from '#src/register-import/import.ts';
import { testDatabase } from '#test/setting/database.ts';

const first = Buffer.alloc(32, 1);
const keyring = openKeyring(new Map([[1, first]]));
const venturi = personNamed('venturi').line;
const loire = personNamed('loire').line;

test('the keys of what an import writes', async (t) => {
  const { db } = await testDatabase(t);
  await fillReference(db);
  t.beforeEach(async () => {
    await db.deleteFrom('insured').execute();
    await db.deleteFrom('register_import').execute();
  });

  /** Loads a file; returns how many people it added and changed. */
  async function load(lines: readonly RegisterLine[], keys = keyring, more: Partial<ImportOptions> = {}) {
    const file = lines.map((line, index) => ({ number: index + 1, text: JSON.stringify(line), ended: true }));
    const outcome = await importRegister(db, keys, file, {
      now: new Date('2026-11-21T12:00:00Z'),
      uuid: crypto.randomUUID(),
      sha256: () => randomBytes(32),
      ...more,
    });
    assert.ok(outcome.kind === 'done');
    const { added, updated, unchanged, absent } = outcome.summary.people;
    return { added, updated, unchanged, absent };
  }

  function stored() {
    return db.selectFrom('insured').selectAll().orderBy('person_key').execute();
  }

  await t.test('during a key rotation a person keeps the name under which their account is', async () => {
    await load([venturi]);
    const before = await stored();
    const rotating = openKeyring(
      new Map([
        [2, Buffer.alloc(32, 2)],
        [1, first],
      ]),
    );
    await load([{ ...venturi, knownEmail: null }, loire], rotating);
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

  await t.test(
    'after a new key everybody is written once more, so that their verifiers move to it',
    async () => {
      await load([venturi]);
      const rotated = openKeyring(
        new Map([
          [2, Buffer.alloc(32, 2)],
          [1, first],
        ]),
      );
      const counts = () => load([venturi], rotated);
      assert.deepEqual(await counts(), { added: 0, updated: 1, unchanged: 0, absent: 0 });
      assert.deepEqual(await counts(), { added: 0, updated: 0, unchanged: 1, absent: 0 });
    },
  );

  await t.test('a line that was loaded is known again, as long as the same rules judge it', async () => {
    const lines = async () => (await stored()).map((row) => row.line_fingerprint?.toString('hex') ?? null);
    await load([venturi, loire]);
    const before = await lines();
    const turned = { ...Object.fromEntries(Object.entries(venturi).toReversed()), ...venturi };
    assert.equal((await load([turned, loire])).unchanged, 2);
    assert.equal((await lines()).filter((line) => !before.includes(line)).length, 1, 'another line');
    const reasons: string[] = [];
    await load([venturi, loire], keyring, {
      cards: { ...usualCards, photoCardDigits: [10], plainCardDigits: [7] },
      maxRejected: { kind: 'part', most: 1 },
      onReject: ({ line, reason }) => reasons.push(`${line} ${reason}`),
    }).catch(() => {});
    assert.ok(reasons.includes('1 card.serial: length'), reasons.join());
    const dead = { ...venturi, deceased: true };
    for (const updated of [1, 0]) assert.equal((await load([dead, loire])).updated, updated);
    assert.equal((await lines()).filter((line) => line === null).length, 1, 'who died is always read');
  });

  await t.test('a row moved onto another person does not open', async () => {
    await load([venturi, loire]);
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
