import type { Kysely } from 'kysely';
import { releaseAddress } from '#src/accounts/email-claim.ts';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Deletes the account of a person. What belongs to it is deleted with its row, by foreign keys within the person key;
 * the claim of its address and its FranceConnect subject have keys of their own and are deleted here. The audit trail,
 * dossiers, codes and notices are kept: they belong to the person, with or without an account. The caller ends the
 * sessions. False when there is no account.
 */
export async function deleteAccount(trx: Kysely<Database>, personKey: Buffer): Promise<boolean> {
  const account = await trx
    .selectFrom('account')
    .select('email_key')
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
  if (!account) return false;
  await unlinkSubject(trx, personKey);
  await trx.deleteFrom('account').where('person_key', '=', personKey).execute();
  await releaseAddress(trx, personKey, account.email_key);
  return true;
}
