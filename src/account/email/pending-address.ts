import type { Kysely } from 'kysely';
import type { Account } from '#src/account/account.ts';
import type { NewAddress } from '#src/account/email/new-address.ts';
import type { Database } from '#src/database/tables.ts';
import { codeMatches } from '#src/enrolment/confirmation/secret.ts';
import type { Services } from '#src/services.ts';

/** Until when the new address of a person can still be confirmed; null when none waits. */
export async function pendingUntil(db: Kysely<Database>, personKey: Buffer, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('email_confirmation')
    .select('dead_at')
    .where('person_key', '=', personKey)
    .where('purpose', '=', 'new-address')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .executeTakeFirst();
  return row?.dead_at ?? null;
}

/**
 * Counts one try of a code against the new address that waits, for its whole life. Null when the code was wrong,
 * or when no try is left: the link still works then.
 */
export async function tryAddressCode(
  { db, keyring, policy }: Pick<Services, 'db' | 'keyring' | 'policy'>,
  account: Account,
  typed: string,
  at: Date,
): Promise<NewAddress | null> {
  const { personKey } = account;
  const tried = await db
    .updateTable('email_confirmation')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('person_key', '=', personKey)
    .where('purpose', '=', 'new-address')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', at)
    .where('code_tries', '<', policy.confirmation.codeTries)
    .returning(['id', 'code_hash', 'address', 'address_key'])
    .executeTakeFirst();
  if (!tried?.code_hash || !codeMatches(keyring, personKey, tried.id, typed, tried.code_hash)) return null;
  return { id: tried.id, address: tried.address, addressKey: tried.address_key, account };
}
