import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Extends the validity of a link and its code. False when they were used or superseded. */
export async function extendConfirmation(
  trx: Kysely<Database>,
  personKey: Buffer,
  id: string,
  deadAt: Date,
): Promise<boolean> {
  const extended = await trx
    .updateTable('email_confirmation')
    .set({ dead_at: deadAt })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return extended !== undefined;
}
