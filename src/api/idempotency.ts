import { type Compilable, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { fingerprint, type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** A request with an `Idempotency-Key`, so that it can be sent again. */
export interface NamedRequest {
  readonly personKey: Buffer;
  /** Keyed name of the key together with the token, or the client's address, that it came with. */
  readonly id: string;
  /** Keyed fingerprint of the method, the address and the body. */
  readonly requestHash: Buffer;
}

export type Reservation =
  | { readonly kind: 'first' }
  | { readonly kind: 'again'; readonly answer: Sent }
  /** The same key was used for another request. */
  | { readonly kind: 'other' }
  | { readonly kind: 'running' };

const sent = z.object({
  status: z.int(),
  body: z.record(z.string(), z.unknown()).nullable(),
});

/** The body of an answer; null for none. */
export type Sent = z.infer<typeof sent>;

const keptMs = 24 * 3_600_000;
/** Longer than any request takes: after that, the process that began it has died. */
const runningMs = 60_000;

/** A valid `Idempotency-Key`: too long to be guessed, as a UUID is. */
export function isKey(key: string): boolean {
  return /^[\w-]{16,64}$/.test(key);
}

export function namedRequest(
  keyring: Keyring,
  key: string,
  { personKey, scope, content }: { personKey: Buffer; scope: Buffer; content: readonly string[] },
): NamedRequest {
  return {
    personKey,
    id: fingerprint(keyring, 'idempotency-key', scope, key).toString('hex'),
    requestHash: fingerprint(keyring, 'idempotency-request', ...content),
  };
}

function responsePlace({ personKey, id }: NamedRequest): Place {
  return { table: 'api_idempotency', column: 'response', row: [personKey, id] };
}

/** Claims a name for the first request that has it; for a later one, returns the outcome of the first. */
export async function reserve(
  db: Kysely<Database>,
  keyring: Keyring,
  named: NamedRequest,
  now: Date,
): Promise<Reservation> {
  const { personKey, id, requestHash } = named;
  const dead = new Date(now.getTime() - keptMs);
  const abandoned = new Date(now.getTime() - runningMs);
  const { rows } = await sql`
    insert into api_idempotency as stored (person_key, id, request_hash, created_at)
    values (${personKey}, ${id}, ${requestHash}, ${now})
    on conflict (person_key, id) do update
    set request_hash = excluded.request_hash, response = null, created_at = excluded.created_at
    where stored.created_at <= ${dead}
      or stored.response is null and stored.created_at <= ${abandoned} and stored.request_hash = excluded.request_hash
    returning 1`.execute(db);
  if (rows.length > 0) return { kind: 'first' };
  const stored = await db
    .selectFrom('api_idempotency')
    .select(['request_hash', 'response'])
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!stored) return { kind: 'running' };
  if (!stored.request_hash.equals(requestHash)) return { kind: 'other' };
  if (!stored.response) return { kind: 'running' };
  return { kind: 'again', answer: sent.parse(unseal(keyring, responsePlace(named), stored.response)) };
}

/** Longer than a telephone loses its connection in a tunnel, shorter than the session. */
const lostAnswerMs = 10 * 60_000;

/** The answer to a request that ended its token, when sent again with it; null after a while, or for another request. */
export async function recall(
  db: Kysely<Database>,
  keyring: Keyring,
  named: NamedRequest,
  now: Date,
): Promise<Sent | null> {
  const stored = await db
    .selectFrom('api_idempotency')
    .select('response')
    .where('person_key', '=', named.personKey)
    .where('id', '=', named.id)
    .where('request_hash', '=', named.requestHash)
    .where('created_at', '>', new Date(now.getTime() - lostAnswerMs))
    .executeTakeFirst();
  return stored?.response ? sent.parse(unseal(keyring, responsePlace(named), stored.response)) : null;
}

/** Stores an answer, to be repeated. One that may differ the next time is not stored, nor is a failure (null). */
export async function settle(
  db: Kysely<Database>,
  keyring: Keyring,
  named: NamedRequest,
  answer: Sent | null,
): Promise<void> {
  const { personKey, id } = named;
  const isLasting = answer !== null && (answer.status < 300 || answer.status === 422);
  const statement = isLasting
    ? sql`update api_idempotency set response = ${seal(keyring, responsePlace(named), answer)}
        where person_key = ${personKey} and id = ${id}`
    : sql`delete from api_idempotency where person_key = ${personKey} and id = ${id}`;
  await statement.execute(db);
}

/** Deletes answers older than a day; returns how many. */
export async function purgeIdempotency(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('api_idempotency')
    .where('created_at', '<', new Date(now.getTime() - keptMs))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Deletes the stored answers to a person’s programs. */
export function erasingAnswers(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('api_idempotency').where('person_key', '=', personKey);
}
