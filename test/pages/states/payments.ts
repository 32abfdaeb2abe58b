import { paths } from '#src/paths.ts';
import {
  depositPayments,
  depositRights,
  family,
  familyPayments,
  usualPayment,
} from '../../payments/deposited.ts';
import { openAccountOf, signIn } from '../../setting/account.ts';
import { state, type World } from '../world.ts';

/** The payments of somebody insured with a child and a spouse. */
export async function* paymentPages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'paiements@exemple.fr');
  const visitor = world.visitor();
  await signIn(visitor, person.line.nir);
  const asked = (query: string) => visitor.get(`${paths.accountPayments}?${query}`);
  yield state('payments, none', 200, await visitor.get(paths.accountPayments));
  await depositRights(world, person, family);
  const ids = await depositPayments(world, person, familyPayments());
  const list = await visitor.get(paths.accountPayments);
  yield state('payments', 200, list);
  yield state('account, last payment', 200, await visitor.get(paths.account));
  yield state(
    'payments, filtered',
    200,
    await asked('du=2026-02-01&beneficiaire=2&nature=soins&nature=tiers'),
  );
  yield state('payments, none of these', 200, await asked('nature=rentes'));
  yield state('payments, no dates', 422, await asked('du=hier&au=2020-01-01'));
  const detail = (index: number) => visitor.get(paths.accountPayment.replace(':paiement', ids[index] ?? ''));
  yield state('payment', 200, await detail(0));
  yield state('payment, an adult hidden', 200, await detail(5));
  yield state('payment, allowances', 200, await detail(3));
  yield state('payment of an adult', 404, await detail(4));
  const days = Array.from({ length: 28 }, (_, index) => `2025-11-${String(index + 1).padStart(2, '0')}`);
  await depositPayments(
    world,
    person,
    days.map((day) => usualPayment(day)),
  );
  yield state('payments, on two pages', 200, await asked('page=2'));
}
