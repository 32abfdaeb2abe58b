import { sql } from 'kysely';
import { codeMatches } from '#src/confirmations/secret.ts';
import type { EmailConfirmationTable } from '#src/database/tables.ts';
import { blockedUntil, ofClient, recordAttempt } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { Services } from '#src/services.ts';

export interface EmailCodeTry {
  readonly personKey: Buffer;
  readonly purpose: 'activation' | 'new-address';
  readonly code: string;
  /** In the session that waits for it: others, who only know a number, have tries of their own. */
  readonly own: boolean;
  readonly client: Client;
  readonly at: Date;
}

export type EmailCodeTrial =
  | { readonly result: 'right'; readonly confirmation: Pick<EmailConfirmationTable, 'id' | 'address'> }
  /** Wrong, or no try is left: the link still works then, and a new message brings a new code. */
  | { readonly result: 'wrong' }
  | { readonly result: 'blocked'; readonly nextAt: Date };

const nobody = '00000000-0000-0000-0000-000000000000';
const nothing = Buffer.alloc(32);

/**
 * Counts one try of the code of a mail against the confirmation that is alive, for its whole life, and against the
 * client; while the client is suspended the code loses none. The same statements, in one transaction, for a person who
 * waits for nothing.
 */
export async function tryCode(
  { db, events, keyring, policy, limits }: Pick<Services, 'db' | 'events' | 'keyring' | 'policy' | 'limits'>,
  { personKey, purpose, code, own, client, at }: EmailCodeTry,
): Promise<EmailCodeTrial> {
  const attempts = ofClient(limits.client.confirmation, client, personKey);
  const tries = sql.ref(own ? 'code_tries' : 'outside_tries');
  return db.transaction().execute(async (trx): Promise<EmailCodeTrial> => {
    const { rows } = await sql<Pick<EmailConfirmationTable, 'id' | 'address' | 'code_hash'>>`
      update email_confirmation set ${tries} = ${tries} + 1
      where person_key = ${personKey} and purpose = ${purpose} and used_at is null and superseded_at is null
        and dead_at > ${at} and ${tries} < ${policy.confirmation.codeTries}
        and ${sql.join(
          attempts.map((attempt) => sql`coalesce(${blockedUntil(attempt, at)}, ${at}) <= ${at}`),
          sql` and `,
        )}
      returning id, code_hash, address`.execute(trx);
    const [tried] = rows;
    const agrees = codeMatches(keyring, personKey, tried?.id ?? nobody, code, tried?.code_hash ?? nothing);
    const right = tried !== undefined && agrees;
    const refusal = { personKey, kind: 'confirmation-refused' } as const;
    const counted = await recordAttempt({ db: trx, events }, at, right, attempts, refusal);
    if (counted.blocked) return { result: 'blocked', nextAt: counted.nextAt ?? at };
    return right ? { result: 'right', confirmation: tried } : { result: 'wrong' };
  });
}
