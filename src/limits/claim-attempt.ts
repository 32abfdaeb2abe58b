import { type Kysely, sql } from 'kysely';
import { requiredSelect, type Write } from '#src/database/at-once.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, attemptsJson } from '#src/limits/attempt.ts';
import {
  type AttemptResult,
  type AttemptRow,
  type CountNeeds,
  countedWith,
  isBlocked,
  latest,
  type Refusal,
  resultOf,
} from '#src/limits/record-attempt.ts';

/** A try that is counted as a failure until its outcome is known. */
export interface Claim {
  readonly kind: 'claimed';
  readonly attempts: readonly Attempt[];
  readonly watched: readonly Attempt[];
  readonly counted: Extract<AttemptResult, { kind: 'counted' }>;
  /** The audit event, should the try be refused. */
  readonly refusal: Refusal;
}

const claimQuery = `
  select blocked, next_at, consecutive, spread from record_attempts($1::jsonb, false, $2::timestamptz)`;

/**
 * Counts a try as a failure before anything expensive is done for it, to be settled (`settleClaim`) or given back
 * (`releaseClaim`). The subjects of `watched` must not be suspended either, and are counted only when the try is
 * settled: several people may be trying from one address at this moment. A blocked try leaves its audit event.
 */
export async function claimAttempt(
  { db, events }: CountNeeds,
  now: Date,
  { attempts, watched }: { readonly attempts: readonly Attempt[]; readonly watched: readonly Attempt[] },
  refusal: Refusal,
): Promise<Claim | Extract<AttemptResult, { kind: 'blocked' }>> {
  const { rows } = await db.executeQuery(
    prepared<AttemptRow>(claimQuery, [attemptsJson(attempts, watched), now]),
  );
  // Nothing was counted then, so that the event needs no transaction with it.
  if (isBlocked(rows)) await refusal.event(now).execute(db);
  const counted = resultOf(events, rows, attempts, refusal);
  return counted.kind === 'blocked' ? counted : { kind: 'claimed', attempts, watched, counted, refusal };
}

/**
 * Records how a claimed try ended. A right one is given back, unless a watched subject was suspended meanwhile: then it
 * is blocked.
 */
export async function settleClaim(
  { db, events }: CountNeeds,
  { attempts, watched, counted, refusal }: Claim,
  now: Date,
  ok: boolean,
): Promise<AttemptResult> {
  const event = refusal.event(now);
  const tried = sql<AttemptRow>`select * from ${settling({ attempts, watched }, now, ok)}`;
  const rows = await countedWith(db, tried, ok ? null : event);
  if (ok && isBlocked(rows)) await event.execute(db);
  const ended = resultOf(events, rows, watched, refusal);
  if (ok) return ended;
  const end = ended.kind === 'blocked' ? ended.until : ended.nextTryAt;
  return { ...counted, nextTryAt: latest([counted.nextTryAt, end]) };
}

/**
 * Settles a claimed try as right, at once with what it opens: nothing is written when a watched subject was suspended
 * meanwhile.
 */
export function settlingRight(db: Kysely<Database>, claim: Claim, now: Date): Write {
  const settled = sql`select 1 from ${settling(claim, now, true)} having not coalesce(bool_or(blocked), false)`;
  return requiredSelect({ compile: () => settled.compile(db) });
}

function settling({ attempts, watched }: Pick<Claim, 'attempts' | 'watched'>, now: Date, ok: boolean) {
  return sql`settle_attempts(${attemptsJson(attempts)}::jsonb, ${attemptsJson(watched)}::jsonb, ${ok}::boolean, ${now}::timestamptz)`;
}

/** Gives back a claimed try that was not judged. */
export async function releaseClaim(
  { db }: Pick<CountNeeds, 'db'>,
  { attempts }: Claim,
  now: Date,
): Promise<void> {
  await sql`select release_attempts(${attemptsJson(attempts)}::jsonb, false, ${now})`.execute(db);
}
