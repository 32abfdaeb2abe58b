import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes what is past its end, and the codes of it. Returns how many attestations. */
export async function purgeAttestations(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('attestation')
    .where('valid_until', '<=', now)
    .executeTakeFirst();
  await db.deleteFrom('attestation_code').where('valid_until', '<=', now).execute();
  return Number(numDeletedRows);
}
