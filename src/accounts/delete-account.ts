import type { Kysely } from 'kysely';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Deletes the account of a person, and with it everything that refers to it (credentials, known devices, consents,
 * terms, links of mails); frees its address and the subject of FranceConnect that opened it. The audit trail, dossiers, codes and notices stay: they are the person's, account or not.
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
  await trx.deleteFrom('account').where('person_key', '=', personKey).execute();
  await trx
    .deleteFrom('email_claim')
    .where('email_key', '=', account.email_key)
    .where('person_key', '=', personKey)
    .execute();
  return true;
}
