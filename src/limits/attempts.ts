import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type AuditDetails, type AuditKind, auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';

/** So many failures within a duration, and how long the next try waits after consecutive ones. */
export interface AttemptRule {
  readonly kind: string;
  readonly windows: readonly { readonly max: number; readonly perSeconds: number }[];
  readonly delays?: readonly { readonly failures: number; readonly seconds: number }[];
}

export interface Attempt {
  readonly rule: AttemptRule;
  /** Keyed fingerprint of a person, a client's address, a mailbox …; null when there is nobody to count against. */
  readonly subject: Buffer | null;
}

export interface AttemptResult {
  /** The attempt did not count and its outcome must not be used. */
  readonly blocked: boolean;
  /** When the next one may be made; null: now. */
  readonly nextAt: Date | null;
  readonly consecutive: number;
}

/**
 * Records whether an attempt succeeded, for each subject it counts against, in the order given.
 *
 * Counted in the database, so that all nodes share the limits, and for unknown people as for known ones.
 * Concurrent attempts of one subject take turns: at most `max` of them are ever told their outcome. A refusal
 * leaves its audit event in the same statement.
 */
export async function recordAttempt(
  db: Kysely<Database>,
  at: Date,
  ok: boolean,
  attempts: readonly Attempt[],
  refusal: { personKey: Buffer; kind: AuditKind; details?: AuditDetails },
): Promise<AttemptResult> {
  const calls = attempts.flatMap(({ rule, subject }) =>
    subject === null
      ? []
      : [
          sql`select * from record_attempt(${rule.kind}, ${subject}, ${ok}, ${at}, ${maxima(rule)}, ${seconds(rule)}, ${rule.delays?.map((d) => d.failures) ?? []}, ${rule.delays?.map((d) => d.seconds) ?? []})`,
        ],
  );
  const { rows } = await sql<Row>`
    with tried as materialized (${calls.length > 0 ? sql.join(calls, sql` union all `) : unlimited}), told as (
      insert into audit_event (${auditColumns})
      select ${auditValues(refusal.personKey, at, refusal.kind, refusal.details)} where ${!ok} or (select bool_or(blocked) from tried)
    )
    select * from tried`.execute(db);
  return {
    blocked: rows.some((row) => row.blocked),
    nextAt: latest(rows.map((row) => row.next_at)),
    consecutive: rows[0]?.consecutive ?? 0,
  };
}

/** As a part of a statement: until when a subject is refused, null when it may try. Nothing is counted. */
export function blockedUntil({ rule, subject }: Attempt, at: Date): RawBuilder<Date | null> {
  return sql`(
    select attempt_blocked_until(failures, blocked_until, ${at}, ${maxima(rule)}::integer[], ${seconds(rule)}::integer[])
    from attempt where kind = ${rule.kind} and subject = ${subject}
  )`;
}

const unlimited = sql`select false as blocked, null::timestamptz as next_at, 0 as consecutive`;

interface Row {
  blocked: boolean;
  next_at: Date | null;
  consecutive: number;
}

function maxima(rule: AttemptRule): number[] {
  return rule.windows.map((window) => window.max);
}

function seconds(rule: AttemptRule): number[] {
  return rule.windows.map((window) => window.perSeconds);
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
