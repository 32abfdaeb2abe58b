import type { Kysely } from 'kysely';
import type { Database, EmailConfirmationTable } from '#src/database/tables.ts';
import { codeMatches } from '#src/enrolment/confirmation/secret.ts';
import type { Services } from '#src/services.ts';

type Tried = Pick<EmailConfirmationTable, 'id' | 'address'>;

/**
 * Counts one try of a code against the confirmation that is alive, for its whole life, and gives it when the
 * code was the right one. Null when it was not, or when no try is left: the link still works then, and a new
 * message brings a new code.
 */
export async function tryCode(
  db: Kysely<Database>,
  { keyring, policy }: Pick<Services, 'keyring' | 'policy'>,
  { personKey, purpose }: { personKey: Buffer; purpose: 'activation' | 'new-address' },
  typed: string,
  at: Date,
): Promise<Tried | null> {
  const tried = await db
    .updateTable('email_confirmation')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('person_key', '=', personKey)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', at)
    .where('code_tries', '<', policy.confirmation.codeTries)
    .returning(['id', 'code_hash', 'address'])
    .executeTakeFirst();
  if (!tried?.code_hash || !codeMatches(keyring, personKey, tried.id, typed, tried.code_hash)) return null;
  return tried;
}
