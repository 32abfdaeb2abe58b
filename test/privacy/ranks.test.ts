import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenList, seenPayments } from '#src/account/payments/seen.ts';
import { findLiveAccount } from '#src/accounts/find-account.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { depositAll } from '#src/depot/deposit.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { caisse, consultation, paymentItem, rightsOf } from '../depot/senders.ts';
import { openAccountOf } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';

const ange = personNamed('venturi');
const { nir } = ange.line;

test('a person who gets a rank that was somebody else’s is shown as themselves, with nothing of the one before', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const now = clock.now();
  await openDepositMonths(services, now);
  const account = await findLiveAccount(services.db, services.keyring, personKey(services.keyring, nir), now);
  assert.ok(account);
  let count = 0;
  const depositing = async (...items: readonly DepositItem[]) => {
    const outcomes = await depositAll(services, caisse, items, now);
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      items.map(() => 'accepted'),
    );
  };
  const rights = (...others: readonly { given: string; birthDate: string; nir?: string }[]): DepositItem => {
    const { organism, beneficiaries } = rightsOf(nir, '2015-05-05');
    const [insured, child] = beneficiaries;
    assert.ok(insured && child);
    const people = others.map(({ given, ...one }, index) => ({
      ...child,
      ...one,
      ...{ rank: index + 2, givenNames: [given] },
    }));
    count += 1;
    return {
      kind: 'rights',
      id: `R-${count}`,
      nir,
      rights: { organism, beneficiaries: [insured, ...people] },
    };
  };
  const pays = (rank: number): DepositItem => {
    count += 1;
    return paymentItem(nir, `P-${count}`, consultation('2026-02-27', rank));
  };
  /** The ranks of all payments that may be seen, whichever door they are read through. */
  const seen = async () => {
    const { payments } = await seenList(services, account, now);
    const lines = await seenPayments(services, account, null, now);
    const ranks = payments.flatMap(({ shares }) => shares.map(({ rank }) => rank)).sort();
    assert.deepEqual(lines.payments.flatMap((one) => one.lines.map(({ rank }) => rank)).sort(), ranks);
    return ranks;
  };

  const lise = { given: 'Lise', birthDate: '2015-05-05' };
  const noah = { given: 'Noah', birthDate: '2019-02-02' };
  await depositing(rights(lise), pays(2));
  assert.deepEqual(await seen(), [2]);
  // Taken back, then given to another child, in one deposit or in two, and together with a payment.
  await depositing(rights(noah), pays(2), pays(1));
  assert.deepEqual(await seen(), [1, 2]);
  await depositing(rights());
  assert.deepEqual(await seen(), [1]);
  await depositing(rights({ given: 'Ève', birthDate: '1990-01-01' }), pays(2));
  assert.deepEqual(await seen(), [1]);
  await depositing(rights({ given: 'Zoé', birthDate: '2026-01-05' }));
  assert.deepEqual(await seen(), [1], 'what was an adult’s');
  // Who comes back, at whatever rank, is the same person; a number of their own changes nothing, nor does a twin.
  await depositing(rights(noah, { ...lise, given: 'LISE', nir: '2150563113001' }));
  assert.deepEqual(await seen(), [1, 2, 3]);
  await depositing(rights({ ...lise, given: 'Lison' }));
  assert.deepEqual(await seen(), [1]);
});
