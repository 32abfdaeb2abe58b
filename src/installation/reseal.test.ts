import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { contactPlace } from '#src/accounts/account.ts';
import { openKeyring, personKey, seal, unseal } from '#src/crypto/keyring.ts';
import { dossierPlace } from '#src/dossiers/dossier.ts';
import { resealAll, sealedColumns } from '#src/installation/reseal.ts';
import { insuredPlace } from '#src/register/store.ts';
import { testDatabase } from '#test/setting/database.ts';

const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const old = openKeyring(new Map([[1, first]]));
const both = openKeyring(
  new Map([
    [2, second],
    [1, first],
  ]),
);
const onlyNew = openKeyring(new Map([[2, second]]));
const at = new Date('2026-11-21T13:00:00Z');

function insured(person: Buffer, keyring = old) {
  return {
    person_key: person,
    key_version: keyring.current,
    sealed: seal(keyring, insuredPlace(person), { nir: 'x' }),
    iban_verifier: null,
    serial_verifier: null,
    proof_version: null,
    batch: randomUUID(),
    updated_at: at,
  };
}

function dossier(person: Buffer, id: string) {
  const answers = seal(old, dossierPlace(person, id), { step: id });
  return {
    person_key: person,
    id,
    answers,
    step: 'terms',
    version: 1,
    created_at: at,
    updated_at: at,
    closed_at: null,
  };
}

test('what an older key sealed is sealed again by the current one, once, whatever the number', async (t) => {
  const { db } = await testDatabase(t);
  const people = Array.from({ length: 450 }, (_, index) => personKey(old, String(index)));
  await db
    .insertInto('insured')
    .values(people.map((person) => insured(person)))
    .execute();
  const [someone = Buffer.alloc(0)] = people;
  const ids = [randomUUID(), randomUUID()];
  await db
    .insertInto('dossier')
    .values(ids.map((id) => dossier(someone, id)))
    .execute();

  const found = await resealAll(db, both, { dryRun: true });
  assert.deepEqual(found.slice(0, 2), [
    { table: 'insured', resealed: 450, unreadable: 0 },
    { table: 'dossier', resealed: 2, unreadable: 0 },
  ]);
  assert.deepEqual(await resealAll(db, both), found);
  assert.ok((await resealAll(db, both)).every(({ resealed }) => resealed === 0));

  for (const row of await db.selectFrom('insured').selectAll().execute()) {
    assert.deepEqual(unseal(onlyNew, insuredPlace(row.person_key), row.sealed), { nir: 'x' });
  }
  for (const row of await db.selectFrom('dossier').selectAll().execute()) {
    assert.deepEqual(unseal(onlyNew, dossierPlace(row.person_key, row.id), row.answers), { step: row.id });
  }
});

test('a value whose key is lost is counted and left alone', async (t) => {
  const { db } = await testDatabase(t);
  const row = insured(personKey(old, 'lost'));
  await db.insertInto('insured').values(row).execute();
  assert.deepEqual((await resealAll(db, onlyNew))[0], { table: 'insured', resealed: 0, unreadable: 1 });
  const kept = await db.selectFrom('insured').select('sealed').executeTakeFirstOrThrow();
  assert.deepEqual(kept.sealed, row.sealed);
});

test('places are the ones that the features use', () => {
  const person = Buffer.alloc(32);
  const known = [insuredPlace(person), dossierPlace(person, 'id'), contactPlace(person)];
  for (const { table, column, row } of known) {
    const listed = sealedColumns.find((sealed) => sealed.table === table && sealed.column === column);
    assert.equal(listed?.hasId, row.length === 2, `${table}.${column}`);
  }
});
