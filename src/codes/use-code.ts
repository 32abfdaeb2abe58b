import type { Kysely } from 'kysely';
import { supersedeCodes } from '#src/codes/store.ts';
import type { Database } from '#src/database/tables.ts';

/** What names a provisional code in the database. */
interface CodeKey {
  readonly personKey: Buffer;
  readonly id: string;
}

/**
 * Uses a provisional code, once; the person’s codes by other channels end with it. False, and nothing changed, when it
 * was used or superseded before.
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
