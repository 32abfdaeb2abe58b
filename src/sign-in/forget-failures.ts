import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { forgetSignInFailures as forgetFailures } from '#src/limits/forget-failures.ts';
import { personKeys } from '#src/register/store.ts';

/**
 * Ends the suspension of a person’s sign-in wherever they are, after they have chosen a new password by a link: what
 * was guessed before is worth nothing.
 */
export async function forgetSignInFailures(
  trx: Kysely<Database>,
  keyring: Keyring,
  nir: string,
): Promise<void> {
  await forgetFailures(trx, personKeys(keyring, nir));
}
