import type { Kysely } from 'kysely';
import { openAddress } from '#src/account/email/new-address.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

interface PendingAddress {
  readonly address: string | null;
  /** Until when it can be confirmed. */
  readonly until: Date;
}

/** The new address of a person that is still to be confirmed; null when there is none. */
export async function pendingAddress(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  now: Date,
): Promise<PendingAddress | null> {
  const row = await db
    .selectFrom('email_confirmation')
    .select(['id', 'address', 'dead_at'])
    .where('person_key', '=', personKey)
    .where('purpose', '=', 'new-address')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .executeTakeFirst();
  if (!row) return null;
  const address = row.address && openAddress(keyring, personKey, row.id, row.address);
  return { address, until: row.dead_at };
}
