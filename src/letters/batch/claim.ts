import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { addressKeys } from '#src/letters/address.ts';
import { type LetterNotice, openNotice } from '#src/notices/notice.ts';

/** Letters that leave together; until it is exported, the same export is done again. */
export interface Batch {
  readonly id: string;
  readonly number: number;
  readonly createdAt: Date;
  /** The id of the operator's own letter, when one travels along. */
  readonly canary: string | null;
}

export interface Claim {
  readonly batch: Batch | null;
  /** A former export was cut short: this is its batch. */
  readonly resumed: boolean;
  readonly withheld: number;
}

/** Why a queued letter does not leave. */
type Withheld = 'expired' | 'no-content' | 'address-too-long' | 'returned-before';

export interface ClaimNeeds {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly random: Random;
}

export interface ClaimOptions {
  readonly atMost: number;
  readonly canary: boolean;
  readonly dryRun?: boolean;
}

/**
 * Takes the oldest queued letters into a batch, in one transaction; those whose code is used, replaced or dead, and
 * those that cannot reach anybody, are withheld. A batch that was not exported to its end comes first, as it is:
 * nobody gets two envelopes for one letter. Several processes at once take turns.
 */
export async function claimBatch(
  { db, keyring, random }: ClaimNeeds,
  { atMost, canary, dryRun = false }: ClaimOptions,
  now: Date,
): Promise<Claim & { readonly letters: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('letter-batch', 0))`.execute(trx);
    const unfinished = await findBatch(trx, null);
    if (unfinished) {
      const { letters, ...batch } = unfinished;
      return { batch, resumed: true, withheld: 0, letters };
    }
    const queued = await queuedLetters(trx, keyring, atMost, now);
    const withheld = queued.filter(({ reason }) => reason !== null);
    const leaving = queued.filter(({ reason }) => reason === null);
    const counts = { resumed: false, withheld: withheld.length, letters: leaving.length };
    if (dryRun) return { batch: null, ...counts };
    await withhold(trx, withheld, now);
    if (leaving.length === 0) return { batch: null, ...counts };
    const { number, ...created } = await trx
      .insertInto('letter_batch')
      .values({
        id: random.uuid(),
        number: sql<number>`(select coalesce(max(number), 0) + 1 from letter_batch)`,
        created_at: now,
        letters: leaving.length,
        canary: canary ? random.uuid() : null,
        exported_at: null,
        acknowledged_at: null,
      })
      .returning(['id', 'number', 'canary'])
      .executeTakeFirstOrThrow();
    await sql`
      insert into letter (person_key, id, batch_id, place, state, address_key, requested_at)
      select person_key, id, ${created.id}::uuid, place, 'requested', address_key, requested_at
      from unnest(
        ${leaving.map(({ personKey }) => personKey)}::bytea[], ${leaving.map(({ id }) => id)}::uuid[],
        ${leaving.map(({ addressKey }) => addressKey)}::bytea[],
        ${leaving.map(({ createdAt }) => createdAt)}::timestamptz[]
      ) with ordinality as leaving(person_key, id, address_key, requested_at, place)`.execute(trx);
    return { batch: { ...created, number, createdAt: now }, ...counts };
  });
}

/** The batch of that number, or with null the one whose export was cut short, if any. */
export async function findBatch(
  db: Kysely<Database>,
  number: number | null,
): Promise<(Batch & { readonly letters: number }) | null> {
  const row = await db
    .selectFrom('letter_batch')
    .select(['id', 'number', 'canary', 'created_at', 'letters'])
    .$if(number === null, (query) => query.where('exported_at', 'is', null))
    .$if(number !== null, (query) => query.where('number', '=', number))
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { created_at: createdAt, ...batch } = row;
  return { ...batch, createdAt };
}

interface Queued {
  readonly personKey: Buffer;
  readonly id: string;
  readonly createdAt: Date;
  readonly addressKey: Buffer | null;
  readonly reason: Withheld | null;
}

async function queuedLetters(
  trx: Kysely<Database>,
  keyring: Keyring,
  atMost: number,
  now: Date,
): Promise<readonly Queued[]> {
  const rows = await trx
    .selectFrom('notice as n')
    .leftJoin('provisional_code as c', (join) =>
      join
        .onRef('c.person_key', '=', 'n.person_key')
        .onRef('c.notice_id', '=', 'n.id')
        .on('c.used_at', 'is', null)
        .on('c.superseded_at', 'is', null)
        .on('c.dead_at', '>', now),
    )
    .select([
      'n.person_key',
      'n.id',
      'n.kind',
      'n.content',
      'n.created_at',
      'c.id as alive',
      sql<Buffer[]>`array(
        select l.address_key from letter l where l.person_key = n.person_key and l.state = 'returned'
      )`.as('returned'),
    ])
    .where('n.channel', '=', 'letter')
    .where('n.state', '=', 'queued')
    .orderBy('n.created_at')
    .orderBy('n.id')
    .limit(atMost)
    .forUpdate('n')
    .execute();
  return rows.map(({ person_key: personKey, id, kind, content, created_at: createdAt, alive, returned }) => {
    const common = { personKey, id, createdAt };
    if (content === null) return { ...common, addressKey: null, reason: 'no-content' };
    const { envelope } = openLetter(keyring, { person_key: personKey, id, kind, content }).content;
    const keys = addressKeys(keyring, envelope);
    const cameBack = returned.some((one) => keys.some((key) => key.equals(one)));
    const dead = kind === 'provisional-code-letter' && alive === null;
    const reason = dead
      ? 'expired'
      : cameBack
        ? 'returned-before'
        : addressLines(envelope) === null
          ? 'address-too-long'
          : null;
    return { ...common, addressKey: keys[0] ?? null, reason };
  });
}

/** What a letter says; throws for what is none. */
export function openLetter(
  keyring: Keyring,
  row: { person_key: Buffer; id: string; kind: string; content: Buffer },
): LetterNotice {
  const notice = openNotice(keyring, row);
  switch (notice.kind) {
    case 'provisional-code-letter':
    case 'account-created-letter':
    case 'account-frozen-letter':
      return notice;
    default:
      throw new Error(`Notice ${row.id} is no letter`);
  }
}

async function withhold(trx: Kysely<Database>, withheld: readonly Queued[], now: Date): Promise<void> {
  if (withheld.length === 0) return;
  await sql`
    update notice set state = 'withheld', reason = held.reason, settled_at = ${now}
    from unnest(
      ${withheld.map(({ personKey }) => personKey)}::bytea[], ${withheld.map(({ id }) => id)}::uuid[],
      ${withheld.map(({ reason }) => reason)}::text[]
    ) as held(person_key, id, reason)
    where notice.person_key = held.person_key and notice.id = held.id`.execute(trx);
}
