import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillReference } from '#src/caisses/load.ts';
import { caissesFor, loadReference } from '#src/caisses/lookup.ts';
import { shippedReference } from '#src/caisses/reference.ts';
import { testDatabase } from '#test/setting/database.ts';

test('the shipped reference is loaded once, and an operator’s corrections stay', async (t) => {
  const { db } = await testDatabase(t);
  assert.equal((await loadReference(db)).caisses.size, 0);
  assert.equal(await fillReference(db), true);
  assert.deepEqual(await loadReference(db), shippedReference());

  await db
    .updateTable('caisse')
    .set({ mailbox: 'aide@caisse.example.org' })
    .where('code', '=', '381')
    .execute();
  await db.deleteFrom('postal_area').where('caisse_code', '=', '595').execute();
  assert.equal(await fillReference(db), false);
  const corrected = await loadReference(db);
  assert.equal(corrected.caisses.get('381')?.mailbox, 'aide@caisse.example.org');
  assert.equal(caissesFor(corrected, '59000').length, 3);

  assert.equal(await fillReference(db, { replace: true }), true);
  assert.deepEqual(await loadReference(db), shippedReference());
});
