import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import { dropPaymentMonths } from '#src/payments/purge.ts';
import { findPayment, listPayments, readPayments, storingPayment } from '#src/payments/store.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
const ange = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);
const now = new Date('2026-11-21T09:00:00Z');
const whole = { from: '2026-08-01', until: '2026-11-30' };

/** A consultation of a general practitioner: 30 €, 70 %, 2 € kept back. */
function consultation(paidOn: string): Payment {
  const act = { act: 'consultation', label: 'Consultation', rank: 1 } as const;
  return {
    kind: 'care',
    paidOn,
    amount: 1900,
    thirdParty: null,
    lines: [
      {
        kind: 'care',
        ...act,
        caredOn: paidOn,
        paid: 3000,
        base: 3000,
        rate: 70,
        reimbursed: 2100,
        sentOn: true,
      },
    ],
    deductions: [{ kind: 'participation', ...act, actOn: paidOn, amount: 200 }],
  };
}

test('payments are kept by month, shown newest first to their person alone, and go by month', async (t) => {
  const { db } = await testDatabase(t);
  assert.equal(await openPaymentMonths(db, whole), 4);
  assert.equal(await openPaymentMonths(db, whole), 0);
  const stored = [
    ['11111111-1111-4111-8111-111111111111', '2026-08-31'],
    ['22222222-2222-4222-8222-222222222222', '2026-11-01'],
  ] as const;
  for (const [id, paidOn] of stored)
    await db.executeQuery(
      storingPayment(
        db,
        keyring,
        { personKey: ange, id, payment: consultation(paidOn), memberOf: (rank) => rank },
        now,
      ).compile(),
    );

  const listed = await listPayments(db, keyring, [other, ange], whole);
  assert.deepEqual(
    listed.map(({ paidOn, shares, kind }) => ({ paidOn, shares, kind })),
    ['2026-11-01', '2026-08-31'].map((paidOn) => ({
      paidOn,
      shares: [{ member: 1, amount: 1900, participation: 200, franchise: 0 }],
      kind: 'care',
    })),
  );
  assert.deepEqual(await listPayments(db, keyring, [other], whole), []);
  const found = await findPayment(db, keyring, [ange], stored[0][0], whole);
  assert.deepEqual([found?.payment, found?.members], [consultation('2026-08-31'), new Map([[1, 1]])]);
  assert.equal(await findPayment(db, keyring, [other], stored[0][0], whole), null);

  assert.deepEqual(await dropPaymentMonths(db, '2026-08-31'), { dropped: 0, isHeld: false });
  assert.deepEqual(await dropPaymentMonths(db, '2026-09-01'), { dropped: 1, isHeld: false });
  const left = await readPayments(db, keyring, [ange], whole);
  assert.deepEqual(
    left.map(({ payment }) => payment.paidOn),
    ['2026-11-01'],
  );
});

test('several processes that open the same months at once take turns', async (t) => {
  const { db } = await testDatabase(t);
  const period = { from: '2030-01-01', until: '2030-12-31' };
  const made = await Promise.all(Array.from({ length: 6 }, () => openPaymentMonths(db, period)));
  assert.equal(
    made.reduce((sum, months) => sum + months, 0),
    12,
  );
});
