import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openKeyring } from '#src/crypto/keyring.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import { dropPaymentMonths } from '#src/payments/purge.ts';
import { listPayments, storingPayment } from '#src/payments/store.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { needsServer, testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
const ange = Buffer.alloc(32, 7);
const now = new Date('2026-11-21T09:00:00Z');
const whole = { from: '2026-08-01', until: '2026-11-30' };
const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';

function pension(paidOn: string): Payment {
  const period = { from: paidOn, until: paidOn };
  return {
    kind: 'invalidity-pension',
    paidOn,
    amount: 81_200,
    thirdParty: null,
    lines: [{ kind: 'benefit', label: 'Pension', rank: 1, ...period, daily: null, reimbursed: 81_200 }],
    deductions: [],
  };
}

function storing(db: Parameters<typeof storingPayment>[0], id: string, paidOn: string) {
  const payment = { personKey: ange, id, payment: pension(paidOn), memberOf: (rank: number) => rank };
  return storingPayment(db, keyring, payment, now).compile();
}

test('months are opened beside people who read and deposit', needsServer, async (t) => {
  const { db } = await testDatabase(t);
  await openPaymentMonths(db, whole);
  await db.transaction().execute(async (trx) => {
    await listPayments(trx, keyring, [ange], whole);
    await trx.executeQuery(storing(trx, first, '2026-11-02'));
    // In another connection, while this one still holds what it read and wrote.
    assert.equal(await openPaymentMonths(db, { from: '2026-12-01', until: '2027-01-31' }), 2);
    await db.executeQuery(storing(db, second, '2026-12-01'));
  });
  const listed = await listPayments(db, keyring, [ange], { from: '2026-08-01', until: '2027-01-31' });
  assert.deepEqual(
    listed.map(({ paidOn }) => paidOn),
    ['2026-12-01', '2026-11-02'],
  );
});

test(
  'a month that something holds is left to the next run, and requests after it are served',
  needsServer,
  async (t) => {
    const { db } = await testDatabase(t);
    await openPaymentMonths(db, whole);
    await db.executeQuery(storing(db, first, '2026-08-31'));
    await db.transaction().execute(async (backup) => {
      await sql`select from payment`.execute(backup);
      const [dropping, listed] = await Promise.all([
        dropPaymentMonths(db, '2026-10-01'),
        listPayments(db, keyring, [ange], whole),
        db.executeQuery(storing(db, second, '2026-11-02')),
      ]);
      assert.deepEqual(dropping, { dropped: 0, isHeld: true });
      assert.ok(listed.some(({ paidOn }) => paidOn === '2026-08-31'));
    });
    assert.deepEqual(await dropPaymentMonths(db, '2026-10-01'), { dropped: 2, isHeld: false });
    const left = await listPayments(db, keyring, [ange], whole);
    assert.deepEqual(
      left.map(({ paidOn }) => paidOn),
      ['2026-11-02'],
    );
  },
);

test('a payment of a month that is not open is stored nowhere', async (t) => {
  const { db } = await testDatabase(t);
  await openPaymentMonths(db, whole);
  for (const paidOn of ['1999-02-01', '2027-03-01'])
    await assert.rejects(async () => db.executeQuery(storing(db, first, paidOn)), { code: '23514' });
  assert.deepEqual(await listPayments(db, keyring, [ange], { from: '1990-01-01', until: '2099-01-01' }), []);
});

test('months are found by their names, whatever other tables the planner looks at first', async (t) => {
  const { db } = await testDatabase(t);
  await openPaymentMonths(db, whole);
  await db.transaction().execute(async (trx) => {
    await sql`set local enable_nestloop = off`.execute(trx);
    await sql`set local enable_indexscan = off`.execute(trx);
    await sql`set local enable_bitmapscan = off`.execute(trx);
    assert.deepEqual(await dropPaymentMonths(trx, '2026-08-31'), { dropped: 0, isHeld: false });
    assert.deepEqual(await dropPaymentMonths(trx, '2026-10-01'), { dropped: 2, isHeld: false });
  });
});
