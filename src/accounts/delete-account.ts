import type { Kysely } from 'kysely';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import type { Database } from '#src/database/tables.ts';

/** What belongs to an account and refers to it by its person. */
const ownTables = ['email_confirmation', 'known_device', 'consent', 'terms_acceptance'] as const;

/**
 * Deletes the account of a person with everything that belongs to it, and frees its address and the subject of
 * FranceConnect that opened it. The audit trail, dossiers, codes and notices stay: they are the person's, account or not.
 * Sessions are the caller's to end. False when there is no account.
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
  for (const table of ownTables) await trx.deleteFrom(table).where('person_key', '=', personKey).execute();
  await trx.deleteFrom('account').where('person_key', '=', personKey).execute();
  await trx
    .deleteFrom('email_claim')
    .where('email_key', '=', account.email_key)
    .where('person_key', '=', personKey)
    .execute();
  return true;
}
