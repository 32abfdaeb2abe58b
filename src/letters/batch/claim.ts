import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import { type JudgedLetter, judgeQueued } from '#src/letters/batch/judge-queued.ts';
import { takeIntoBatch, withholdLetters } from '#src/notices/letters.ts';

/** Letters exported together. An interrupted export is resumed with the same batch. */
export interface Batch {
  readonly id: string;
  readonly number: number;
  readonly createdAt: Date;
  /** The id of the operator's test letter, when the batch has one. */
  readonly canary: string | null;
}

export interface ClaimedBatch {
  readonly batch: Batch | null;
  /** The batch is that of an export that was interrupted. */
  readonly resumed: boolean;
  readonly withheld: number;
}

/** Rows of one insertion: a statement has a limited number of parameters. */
const rowsAtOnce = 500;

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
 * Takes the oldest queued letters into a batch, in one transaction; letters whose code is used, replaced or expired, and
 * letters that cannot be delivered, are withheld. A batch whose export was interrupted comes first, unchanged, so that
 * nobody gets two envelopes for one letter. Concurrent processes take turns.
 */
export async function claimBatch(
  { db, keyring, random }: ClaimNeeds,
  { atMost, canary, dryRun = false }: ClaimOptions,
  now: Date,
): Promise<ClaimedBatch & { readonly letters: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('letter-batch', 0))`.execute(trx);
    const unfinished = await findBatch(trx, null);
    if (unfinished) {
      const { letters, ...batch } = unfinished;
      return { batch, resumed: true, withheld: 0, letters };
    }
    const queued = await judgeQueued(trx, keyring, atMost, now);
    const withheld = queued.filter(({ hold }) => hold !== null);
    const leaving = queued.filter(({ hold }) => hold === null);
    const counts = { resumed: false, withheld: withheld.length };
    if (dryRun) return { batch: null, letters: leaving.length, ...counts };
    await withhold(trx, withheld, now);
    const taken = leaving.length > 0 ? await takeIntoBatch(trx, leaving, now) : new Set<string>();
    const letters = leaving.filter(({ id }) => taken.has(id));
    if (letters.length === 0) return { batch: null, letters: 0, ...counts };
    const batch = await storeBatch(
      trx,
      { id: random.uuid(), canary: canary ? random.uuid() : null },
      letters,
      now,
    );
    return { batch, letters: letters.length, ...counts };
  });
}

async function storeBatch(
  trx: Kysely<Database>,
  { id, canary }: Pick<Batch, 'id' | 'canary'>,
  letters: readonly JudgedLetter[],
  now: Date,
): Promise<Batch> {
  const last = await trx
    .selectFrom('letter_batch')
    .select((eb) => eb.fn.max('number').as('number'))
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  await trx
    .insertInto('letter_batch')
    .values({
      id,
      number,
      created_at: now,
      letters: letters.length,
      canary,
      exported_at: null,
      acknowledged_at: null,
    })
    .execute();
  const rows = letters.map((letter, index) => ({
    person_key: letter.personKey,
    id: letter.id,
    batch_id: id,
    place: index + 1,
    state: 'requested' as const,
    address_key: letter.addressKey,
    requested_at: letter.createdAt,
  }));
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    await trx
      .insertInto('letter')
      .values(rows.slice(start, start + rowsAtOnce))
      .execute();
  return { id, number, canary, createdAt: now };
}

/** The batch of that number, or with null the one whose export was interrupted, if any. */
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

async function withhold(trx: Kysely<Database>, letters: readonly JudgedLetter[], now: Date): Promise<void> {
  for (const reason of new Set(letters.flatMap(({ hold }) => hold ?? []))) {
    const held = letters.filter(({ hold }) => hold === reason);
    await withholdLetters(trx, held, reason, now);
  }
}
