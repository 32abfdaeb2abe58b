import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';
import type { Expected } from '#src/franceconnect/france-connect.ts';
import { purposes } from '#src/franceconnect/outcome.ts';

/** How long a journey to the provider and back may take. */
const transactionMinutes = 10;

const contentSchema = z.object({
  nonce: z.string(),
  verifier: z.string(),
  purpose: z.enum([...purposes, 'deconnexion']),
  typed: z.record(z.string(), z.string()).nullable(),
  /** Whose account is to be linked, in hexadecimal. */
  person: z.string().nullable(),
});
export type TransactionContent = z.infer<typeof contentSchema>;

/** State and nonce of 64 hexadecimal digits, as FranceConnect wants them; the verifier of PKCE. */
export function newExpected(random: Random): Expected {
  return {
    state: random.bytes(32).toString('hex'),
    nonce: random.bytes(32).toString('hex'),
    verifier: random.bytes(32).toString('base64url'),
  };
}

function place(state: Buffer): Place {
  return { table: 'franceconnect_transaction', column: 'sealed', row: [state] };
}

/** Remembers a journey that begins, for the browser that begins it. */
export async function storeTransaction(
  db: Kysely<Database>,
  keyring: Keyring,
  { state, browser }: { readonly state: string; readonly browser: string },
  content: TransactionContent,
  at: Date,
): Promise<void> {
  const stateHash = secretHash(state);
  await db
    .insertInto('franceconnect_transaction')
    .values({
      state_hash: stateHash,
      browser_hash: secretHash(browser),
      sealed: seal(keyring, place(stateHash), content),
      expires_at: new Date(at.getTime() + transactionMinutes * 60_000),
    })
    .execute();
}

/**
 * Takes the journey of this state out, once: null when there is none in this browser, or when it took too long.
 * Another browser that shows the state takes nothing.
 */
export async function takeTransaction(
  db: Kysely<Database>,
  keyring: Keyring,
  { state, browser }: { readonly state: string; readonly browser: string },
  at: Date,
): Promise<TransactionContent | null> {
  const stateHash = secretHash(state);
  const { rows } = await sql<{ sealed: Buffer; expires_at: Date }>`
    delete from franceconnect_transaction
    where state_hash = ${stateHash} and browser_hash = ${secretHash(browser)}
    returning sealed, expires_at`.execute(db);
  const [row] = rows;
  if (!row || row.expires_at <= at) return null;
  return contentSchema.parse(unseal(keyring, place(stateHash), row.sealed));
}
