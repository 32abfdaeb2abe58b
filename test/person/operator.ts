import assert from 'node:assert/strict';
import { type FoundPerson, findPerson, readPersonQuery } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { TestApp } from '../setting/application.ts';

export const order: Order = {
  agent: { kind: 'agent', id: 'A-12' },
  reason: 'courrier du 3 mars',
  isRehearsal: false,
};

/** The person whom an operator finds by what they type. */
export async function foundBy({ services }: Pick<TestApp, 'services'>, typed: string): Promise<FoundPerson> {
  const query = readPersonQuery(typed);
  assert.ok(query, typed);
  const found = await findPerson(services, query);
  assert.ok(typeof found !== 'string', `${typed}: ${String(found)}`);
  return found;
}

/** The status of the only account. */
export async function standing({ services }: Pick<TestApp, 'services'>): Promise<string> {
  return (await services.db.selectFrom('account').select('status').executeTakeFirstOrThrow()).status;
}
