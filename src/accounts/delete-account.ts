import type { Kysely } from 'kysely';
import { releaseAddress } from '#src/accounts/email-claim.ts';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Deletes the account of a person. Everything that belongs to it goes with its row, by references inside the person's
 * key; its address and the subject of FranceConnect that opened it are found by keys of their own, and are freed here.
 * The audit trail, dossiers, codes and notices stay: they are the person's, account or not. Sessions are the caller's
 * to end. False when there is no account.
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
