import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPaymentMonths } from '#src/payments/months.ts';
import { needsServer, testDatabase } from '../setting/database.ts';
import { untilWaiting } from '../setting/locks.ts';

test(
  'two processes that open the same months at once take turns: each month is made once',
  needsServer,
  async (t) => {
    const { db } = await testDatabase(t);
    const months = { from: '2031-01-15', until: '2031-03-01' };
    let other: Promise<number> | undefined;
    const made = await db.transaction().execute(async (trx) => {
      const first = await openPaymentMonths(trx, months);
      // It finds none of the months, which are not committed, and waits.
      other = openPaymentMonths(db, months);
      await untilWaiting(db, 1);
      return first;
    });
    assert.deepEqual([made, await other], [3, 0]);
    assert.equal(await openPaymentMonths(db, months), 0);
  },
);
