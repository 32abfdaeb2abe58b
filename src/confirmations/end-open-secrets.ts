import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Ends what was sent for an open account and not used yet: links for a new password, links and codes for a new
 * address. Whoever asked for them before the password or the address changed may have been somebody else.
 */
export async function endOpenSecrets(trx: Kysely<Database>, personKey: Buffer, at: Date): Promise<void> {
  await trx
    .updateTable('email_confirmation')
    .set({ superseded_at: at })
    .where('person_key', '=', personKey)
    .where('purpose', '<>', 'activation')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .execute();
}
