import assert from 'node:assert/strict';
import { openWriting } from '#src/demo/deposits/writing.ts';
import { depositAll } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import {
  type InventedItem,
  inventLetters,
  inventPayments,
  inventRightsItem,
} from '#src/fictitious/deposits/invent.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { parisDate } from '#src/time/paris.ts';
import { caisse } from '../depot/senders.ts';
import { addSender } from '../papers/setting.ts';
import type { TestApp } from './application.ts';

export interface Deposited {
  readonly item: InventedItem;
  /** What it became. */
  readonly id: string;
}

/** All that the demo would have deposited for somebody by now, through the door of senders. */
export async function depositLife(
  site: TestApp,
  person: NamedPerson,
  from: string,
): Promise<readonly Deposited[]> {
  const { services, clock } = site;
  const now = clock.now();
  const today = parisDate(now);
  await addSender(site);
  await openDepositMonths(services, now);
  const insured = { ...person, seed: 1 };
  const rights = inventRightsItem(insured, Number(today.slice(0, 4)));
  const items = [
    ...(rights ? [rights] : []),
    ...inventLetters(insured).map(({ item }) => item),
    ...inventPayments(insured, { from, until: today }),
  ];
  const writing = openWriting(services);
  // One after the other: the press writes few files at once for one.
  const filled = [];
  for (const item of items) filled.push(await writing.filled(item));
  const outcomes = await depositAll({ ...services, judgeFile: writing.judge }, caisse, filled, now);
  return items.map((item, index) => {
    const outcome = outcomes[index];
    assert.ok(outcome?.kind === 'accepted', JSON.stringify([outcome, item.id]));
    return { item, id: outcome.id };
  });
}
