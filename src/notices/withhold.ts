import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Withholds the notices of a person that are still waiting: all of them after a death, except letters that a batch has
 * taken; mails and SMS after a freeze of the account, since letters go to the address that the caisse knows.
 */
export async function withholdWaiting(
  trx: Kysely<Database>,
  personKey: Buffer,
  reason: 'deceased' | 'account-frozen',
  now: Date,
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'withheld', reason, settled_at: now })
    .where('person_key', '=', personKey)
    .where('state', 'in', ['queued', 'deferred'])
    .where('batched_at', 'is', null)
    .$if(reason === 'account-frozen', (query) => query.where('channel', '<>', 'letter'))
    .execute();
}
