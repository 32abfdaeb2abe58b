import type { Kysely } from 'kysely';
import { supersedingOthers } from '#src/codes/store.ts';
import { also, required, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';

/** The primary key of a provisional code. */
interface CodeKey {
  readonly personKey: Buffer;
  readonly id: string;
}

/**
 * Marks a provisional code as used, once, and supersedes the person’s codes by other channels. Required: nothing is
 * written when it was already used or superseded.
 */
export function usingCode(db: Kysely<Database>, { personKey, id }: CodeKey, now: Date): readonly Write[] {
  const used = db
    .updateTable('provisional_code')
    .set({ used_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null);
  return [required(used), also(supersedingOthers(db, personKey, id, now))];
}
