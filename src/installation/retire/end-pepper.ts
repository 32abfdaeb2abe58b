import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { endPasswordsOfPepper } from '#src/credentials/password.ts';
import type { Database } from '#src/database/tables.ts';
import type { HashCost } from '#src/passwords/argon2.ts';
import { formatStoredPassword } from '#src/passwords/password-hash.ts';

interface EndingPepper {
  readonly version: number;
  /** The pepper that new passwords are hashed with. */
  readonly current: number;
  readonly cost: HashCost;
  readonly now: Date;
}

/** Ends every password hashed with a pepper, and records that the pepper is retired. Returns how many passwords. */
export async function endPepper(
  db: Kysely<Database>,
  { version, current, cost, now }: EndingPepper,
): Promise<number> {
  const nobodys = formatStoredPassword({
    cost,
    pepperVersion: current,
    salt: randomBytes(16),
    tag: randomBytes(32),
  });
  return db.transaction().execute(async (trx) => {
    const ended = await endPasswordsOfPepper(trx, version, nobodys);
    await trx
      .updateTable('installation_key')
      .set({ retired_at: now })
      .where('kind', '=', 'pepper')
      .where('number', '=', version)
      .execute();
    return ended;
  });
}
