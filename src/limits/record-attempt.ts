import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AuditDetails, AuditKind } from '#src/audit/kind.ts';
import { type AuditSubject, appending } from '#src/audit/record.ts';
import { requiredSelect, type Write } from '#src/database/at-once.ts';
import { isSpread } from '#src/database/dialect.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, attemptsJson } from '#src/limits/attempt.ts';
import type { Events } from '#src/operations/events.ts';

export interface CountNeeds {
  readonly db: Kysely<Database>;
  readonly events: Pick<Events, 'attemptsSpread'>;
}

export type AttemptResult =
  /** Nothing was counted, and the outcome of the try must not be used. */
  | { readonly kind: 'blocked'; readonly until: Date }
  | {
      readonly kind: 'counted';
      /** When the next try may be made; null: now. */
      readonly nextTryAt: Date | null;
      /** Failures in a row of the first subject that it counts against. */
      readonly consecutive: number;
    };

/** The audit event of a try that was refused. */
export interface Refusal {
  readonly personKey: Buffer;
  readonly event: (now: Date) => RawBuilder<unknown>;
}

export function refusal<Details extends AuditDetails>(
  kind: AuditKind<string, Details>,
  subject: AuditSubject<NoInfer<Details>>,
): Refusal {
  return {
    personKey: subject.person,
    event: (at) => appending(kind, { ...subject, at }),
  };
}

/**
 * Records whether an attempt succeeded, for each subject it counts against, in the order given. While one of them is
 * suspended nothing is counted: a client that may not try cannot use up the tries of its victim.
 *
 * Counted in the database, so that all nodes share the limits, and for unknown people as for known ones. Concurrent
 * attempts of one subject take turns: at most `max` of them learn their outcome. A failure leaves its audit event in the
 * same statement, where it is about somebody; a blocked try, for which nothing is counted, in the next one.
 */
export async function recordAttempt(
  { db, events }: CountNeeds,
  now: Date,
  ok: boolean,
  attempts: readonly Attempt[],
  refusal: Refusal | null,
): Promise<AttemptResult> {
  const event = refusal?.event(now);
  const tried = sql<AttemptRow>`select * from record_attempts(${attemptsJson(attempts)}::jsonb, ${ok}::boolean, ${now}::timestamptz)`;
  const rows = await countedWith(db, tried, (!ok && event) || null);
  if (event && ok && isBlocked(rows)) await event.execute(db);
  return resultOf(events, rows, attempts, refusal);
}

/**
 * Counts, and adds an event to the trail: in one statement, the counters first. Where tables are distributed, the trail is
 * elsewhere than the counters, and both are a transaction.
 */
export async function countedWith(
  db: Kysely<Database>,
  tried: RawBuilder<AttemptRow>,
  event: RawBuilder<unknown> | null,
): Promise<readonly AttemptRow[]> {
  if (event === null) return (await tried.execute(db)).rows;
  if (!isSpread(db)) {
    const { rows } = await sql<AttemptRow>`
      with tried as materialized (${tried}),
        event as materialized (select (${event}) from (select count(*) from tried) as counted)
      select tried.* from tried where (select count(*) from event) is not null`.execute(db);
    return rows;
  }
  const inTransaction = async (trx: Kysely<Database>): Promise<readonly AttemptRow[]> => {
    const { rows } = await tried.execute(trx);
    await event.execute(trx);
    return rows;
  };
  return db.isTransaction ? inTransaction(db) : db.transaction().execute(inTransaction);
}

/**
 * Counts tries that nothing refuses, at once with what they are for: nothing is written while one of the subjects is
 * suspended. For counters that raise no alarm.
 */
export function counting(db: Kysely<Database>, attempts: readonly Attempt[], now: Date): Write {
  return unlessBlocked(db, attempts, now, false);
}

/** Records that an attempt succeeded, at once with what it opens: nothing is written while a subject is suspended. */
export function passing(db: Kysely<Database>, attempts: readonly Attempt[], now: Date): Write {
  return unlessBlocked(db, attempts, now, true);
}

function unlessBlocked(db: Kysely<Database>, attempts: readonly Attempt[], now: Date, ok: boolean): Write {
  const recorded = sql`
    select 1 from record_attempts(${attemptsJson(attempts)}::jsonb, ${ok}::boolean, ${now}::timestamptz)
    having not coalesce(bool_or(blocked), false)`;
  return requiredSelect({ compile: () => recorded.compile(db) });
}

/** A row that `record_attempts` and `settle_attempts` answer. */
export interface AttemptRow {
  readonly blocked: boolean;
  readonly next_at: Date | null;
  readonly consecutive: number;
  readonly spread: boolean;
}

export function isBlocked(rows: readonly AttemptRow[]): boolean {
  return rows.some((row) => row.blocked);
}

/** What the rows say together; raises the alarms among them. */
export function resultOf(
  events: CountNeeds['events'],
  rows: readonly AttemptRow[],
  attempts: readonly Attempt[],
  refusal: Pick<Refusal, 'personKey'> | null,
): AttemptResult {
  const counted = attempts.filter(({ subject }) => subject !== null);
  for (const [index, { spread }] of rows.entries()) {
    const rule = counted[index]?.rule;
    if (spread && rule?.alarm)
      events.attemptsSpread(rule.kind, rule.alarm.spread, refusal?.personKey ?? null);
  }
  const nextTryAt = latest(rows.map((row) => row.next_at));
  if (isBlocked(rows) && nextTryAt) return { kind: 'blocked', until: nextTryAt };
  return { kind: 'counted', nextTryAt, consecutive: rows[0]?.consecutive ?? 0 };
}

export function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
