import { type Kysely, sql } from 'kysely';
import { type NewConfirmation, supersedeConfirmations } from '#src/confirmations/store.ts';
import type { Database } from '#src/database/tables.ts';

/** The key of no person: the same statements run for it, and change nothing. */
const nobody = Buffer.alloc(32);

/**
 * As `issueConfirmation`, for a mail that may be to nobody: the same statements run, so that the time of the answer does
 * not tell whether it `leaves`. When it does not, nothing is stored, and older links live on.
 */
export async function issueConfirmationAlike(
  trx: Kysely<Database>,
  { personKey, purpose, secret, deadAt }: Omit<NewConfirmation, 'newAddress'>,
  { leaves }: { readonly leaves: boolean },
  now: Date,
): Promise<void> {
  await supersedeConfirmations(trx, leaves ? personKey : nobody, [purpose], now);
  await sql`
    insert into email_confirmation (person_key, id, purpose, token_hash, code_hash, created_at, dead_at)
    select ${personKey}::bytea, ${secret.id}::uuid, ${purpose}::text, ${secret.tokenHash}::bytea,
      ${secret.codeHash}::bytea, ${now}::timestamptz, ${deadAt}::timestamptz
    where ${leaves}`.execute(trx);
}
