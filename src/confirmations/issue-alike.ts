import { type Kysely, sql } from 'kysely';
import { type NewConfirmation, supersedeConfirmations } from '#src/confirmations/store.ts';
import type { Database } from '#src/database/tables.ts';

/** The key of no person: statements run for it change nothing. */
const nobody = Buffer.alloc(32);

/**
 * As `issuingConfirmation`, for a mail that may not be sent (`leaves`): the same statements run, so that the time of the
 * answer does not reveal which. If it is not, nothing is stored, and older links stay valid.
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
