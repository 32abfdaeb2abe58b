import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { personKeys } from '#src/register/store.ts';

/**
 * Ends the suspension of a person’s sign-in wherever they are, after they have chosen a new password by a link: what
 * was guessed before is worth nothing. Counters of a person from one client begin with the person’s key.
 */
export async function forgetSignInFailures(
  trx: Kysely<Database>,
  keyring: Keyring,
  nir: string,
): Promise<void> {
  for (const key of personKeys(keyring, nir)) {
    const end = Buffer.concat([key, Buffer.alloc(33, 255)]);
    await sql`delete from attempt where kind = 'sign-in' and subject = ${key}
      or kind = 'sign-in-pair' and subject >= ${key} and subject < ${end}`.execute(trx);
  }
}
