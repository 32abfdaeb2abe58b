import type { CompiledQuery, Kysely } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

/** How long a journey to a provider and back may take. */
const transactionMinutes = 10;

/** What the service makes up for one journey to a provider, and looks for on the way back. */
export interface JourneySecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** By what a journey is found again: the provider it went to, its state, and the secret of the browser that began it. */
export interface JourneyRef {
  readonly provider: string;
  readonly state: string;
  readonly browser: string;
}

/** State and nonce of 64 hexadecimal digits, as the strictest provider wants them; the verifier of PKCE. */
export function newJourneySecrets(random: Random): JourneySecrets {
  return {
    state: random.bytes(32).toString('hex'),
    nonce: random.bytes(32).toString('hex'),
    verifier: random.bytes(32).toString('base64url'),
  };
}

const contentSchema = z.object({
  nonce: z.string(),
  verifier: z.string(),
  /** What the caller wants to know again. */
  about: z.unknown(),
});

function place(provider: string, state: Buffer): Place {
  return { table: 'oidc_transaction', column: 'sealed', row: [provider, state] };
}

/** Remembers a journey that begins, for the browser that begins it, with what the caller wants to know again. */
export function storingTransaction(
  db: Kysely<Database>,
  keyring: Keyring,
  { provider, browser }: Omit<JourneyRef, 'state'>,
  { state, nonce, verifier }: JourneySecrets,
  about: unknown,
  now: Date,
) {
  const stateHash = secretHash(state);
  return db.insertInto('oidc_transaction').values({
    state_hash: stateHash,
    provider,
    browser_hash: secretHash(browser),
    sealed: seal(keyring, place(provider, stateHash), { nonce, verifier, about }),
    expires_at: new Date(now.getTime() + transactionMinutes * 60_000),
  });
}

const taking = `
  delete from oidc_transaction
  where state_hash = $1 and provider = $2 and browser_hash = $3 and expires_at > $4`;

const takingSealed = `${taking} returning sealed`;

/** Takes a journey out, once: no row changes where `takeTransaction` takes none. */
export function takingTransaction(ref: JourneyRef, now: Date): CompiledQuery {
  return prepared(taking, sought(ref, now));
}

function sought({ provider, state, browser }: JourneyRef, now: Date): readonly unknown[] {
  return [secretHash(state), provider, secretHash(browser), now];
}

/**
 * Takes a journey out, once: null when there is none of this provider in this browser, or when it took too long.
 * Another browser that shows the state, or another provider’s return, takes nothing.
 */
export async function takeTransaction(
  db: Kysely<Database>,
  keyring: Keyring,
  ref: JourneyRef,
  now: Date,
): Promise<{ readonly secrets: JourneySecrets; readonly about: unknown } | null> {
  const { provider, state, browser } = ref;
  if (state === '' || browser === '') return null;
  const { rows } = await db.executeQuery(prepared<{ sealed: Buffer }>(takingSealed, sought(ref, now)));
  const [row] = rows;
  if (!row) return null;
  const { nonce, verifier, about } = contentSchema.parse(
    unseal(keyring, place(provider, secretHash(state)), row.sealed),
  );
  return { secrets: { state, nonce, verifier }, about };
}
