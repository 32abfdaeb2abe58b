import type { Kysely } from 'kysely';
import { supersedeCodes } from '#src/codes/store.ts';
import type { Database } from '#src/database/tables.ts';

/** The primary key of a provisional code. */
interface CodeKey {
  readonly personKey: Buffer;
  readonly id: string;
}

/**
 * Marks a provisional code as used, once, and supersedes the person’s codes by other channels. False, with nothing
 * changed, when it was already used or superseded.
 */
export async function useCode(
  trx: Kysely<Database>,
  { personKey, id }: CodeKey,
  now: Date,
): Promise<boolean> {
  const used = await trx
    .updateTable('provisional_code')
    .set({ used_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!used) return false;
  await supersedeCodes(trx, personKey, now);
  return true;
}
