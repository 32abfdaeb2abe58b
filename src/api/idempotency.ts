import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { fingerprint, type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** A request that its program named, so that it can be sent again. */
export interface NamedRequest {
  readonly personKey: Buffer;
  /** Keyed name of the key together with the token, or the client's address, that it came with. */
  readonly id: string;
  /** Keyed fingerprint of what is asked. */
  readonly requestHash: Buffer;
}

export type Reservation =
  | { readonly kind: 'first' }
  | { readonly kind: 'again'; readonly answer: Sent }
  /** The same key named something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'running' };

const sent = z.object({
  status: z.int(),
  body: z.record(z.string(), z.unknown()).nullable(),
});

/** What goes back to a program; null for nothing. */
export type Sent = z.infer<typeof sent>;

const keptMs = 24 * 3_600_000;
/** Longer than any request takes: whoever began it has died. */
const runningMs = 60_000;

/** A key that a program may choose: long enough not to be guessed, as a UUID is. */
export function isKey(key: string): boolean {
  return /^[\w-]{16,64}$/.test(key);
}

export function namedRequest(
  keyring: Keyring,
  key: string,
  { personKey, scope, asked }: { personKey: Buffer; scope: Buffer; asked: readonly string[] },
): NamedRequest {
  return {
    personKey,
    id: fingerprint(keyring, 'idempotency-key', scope, key).toString('hex'),
    requestHash: fingerprint(keyring, 'idempotency-request', ...asked),
  };
}

function responsePlace({ personKey, id }: NamedRequest): Place {
  return { table: 'api_idempotency', column: 'response', row: [personKey, id] };
}

/** Takes the place of the first request of that name, or tells what became of the one that has it. */
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
    insert into api_idempotency as known (person_key, id, request_hash, created_at)
    values (${personKey}, ${id}, ${requestHash}, ${now})
    on conflict (person_key, id) do update
    set request_hash = excluded.request_hash, response = null, created_at = excluded.created_at
    where known.created_at <= ${dead}
      or known.response is null and known.created_at <= ${abandoned} and known.request_hash = excluded.request_hash
    returning 1`.execute(db);
  if (rows.length > 0) return { kind: 'first' };
  const known = await db
    .selectFrom('api_idempotency')
    .select(['request_hash', 'response'])
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!known) return { kind: 'running' };
  if (!known.request_hash.equals(requestHash)) return { kind: 'other' };
  if (!known.response) return { kind: 'running' };
  return { kind: 'again', answer: sent.parse(unseal(keyring, responsePlace(named), known.response)) };
}

/** Longer than a telephone is in a tunnel, shorter than the session. */
const lostAnswerMs = 10 * 60_000;

/** The answer to a request of that name, for somebody whose token it has ended; null after a while, or for another. */
export async function recall(
  db: Kysely<Database>,
  keyring: Keyring,
  named: NamedRequest,
  now: Date,
): Promise<Sent | null> {
  const known = await db
    .selectFrom('api_idempotency')
    .select('response')
    .where('person_key', '=', named.personKey)
    .where('id', '=', named.id)
    .where('request_hash', '=', named.requestHash)
    .where('created_at', '>', new Date(now.getTime() - lostAnswerMs))
    .executeTakeFirst();
  return known?.response ? sent.parse(unseal(keyring, responsePlace(named), known.response)) : null;
}

/** Keeps the answer for who asks again; one that may be another next time (and none, of a failure) is not kept. */
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

/** Forgets what was answered more than a day ago; how many. */
export async function purgeIdempotency(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('api_idempotency')
    .where('created_at', '<', new Date(now.getTime() - keptMs))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
