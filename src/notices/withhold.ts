import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Withholds what waits to be sent to somebody: all of it where they died, but for letters that a batch has taken; and
 * where their account was frozen, what would go by mail or SMS: letters go to the address that the caisse knows.
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
