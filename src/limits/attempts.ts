import { type RawBuilder, sql } from 'kysely';
import { type AuditDetails, type AuditKind, auditColumns, auditValues } from '#src/audit/event.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { Spread } from '#src/operations/events.ts';
import type { Services } from '#src/services.ts';

/** So many failures within a duration, and how long the next try waits after consecutive ones. */
export interface AttemptRule {
  readonly kind: string;
  readonly windows: readonly { readonly max: number; readonly perSeconds: number }[];
  readonly delays?: readonly { readonly failures: number; readonly seconds: number }[];
  /** An alarm is raised when so many different ones fail within an hour: people from one client, or clients of one. */
  readonly alarm?: { readonly spread: Spread; readonly at: number };
}

export interface Attempt {
  readonly rule: AttemptRule;
  /** Keyed fingerprint of a person, a client’s address, a mailbox …; null when there is nobody to count against. */
  readonly subject: Buffer | null;
  /** Whom a client’s try is about, whom a person’s comes from. */
  readonly other?: Buffer;
  /** A right try takes the failures back that were about the same one. */
  readonly forgives?: true;
}

export interface AttemptResult {
  /** The attempt did not count and its outcome must not be used. */
  readonly blocked: boolean;
  /** When the next one may be made; null: now. */
  readonly nextAt: Date | null;
  /** Of the first that it counts against. */
  readonly consecutive: number;
}

export interface Refusal {
  readonly personKey: Buffer;
  readonly kind: AuditKind;
  readonly details?: AuditDetails;
}

export type CountNeeds = Pick<Services, 'db'> & {
  readonly events: Pick<Services['events'], 'attemptsSpread'>;
};

/** A try as its subject’s counter sees it. */
export function ofSubject(rule: AttemptRule, subject: Buffer, client: Client): Attempt {
  return { rule, subject, other: client.key };
}

/**
 * A try as the counters of its client see it, one for each part of the network. What somebody does wrong and then
 * right from there is forgotten: where many share an address, only who never succeeds uses its allowance up.
 */
export function ofClient(rule: AttemptRule, { parts }: Client, about: Buffer): readonly Attempt[] {
  return parts.map(({ key, share }) => {
    const windows = rule.windows.map(({ max, perSeconds }) => ({ max: max * share, perSeconds }));
    const alarm = rule.alarm && { alarm: { ...rule.alarm, at: rule.alarm.at * share } };
    return { rule: { ...rule, windows, ...alarm }, subject: key, other: about, forgives: true };
  });
}

/**
 * Records whether an attempt succeeded, for each subject it counts against, in the order given. While one of them is
 * suspended nothing is counted: a client that may not try cannot use up what its victim has.
 *
 * Counted in the database, so that all nodes share the limits, and for unknown people as for known ones.
 * Concurrent attempts of one subject take turns: at most `max` of them are ever told their outcome. A refusal
 * leaves its audit event in the same statement, where it is about somebody.
 */
export async function recordAttempt(
  needs: CountNeeds,
  at: Date,
  ok: boolean,
  attempts: readonly Attempt[],
  refusal: Refusal | null,
): Promise<AttemptResult> {
  const told = refusal
    ? sql`, told as (
      insert into audit_event (${auditColumns})
      select ${auditValues(refusal.personKey, at, refusal.kind, refusal.details)}
      where ${!ok} or (select bool_or(blocked) from tried)
    )`
    : sql``;
  const { rows } = await sql<Row>`
    with tried as materialized (
      select * from record_attempts(${tried(attempts)}::jsonb, ${ok}, ${at})
    )${told}
    select * from tried`.execute(needs.db);
  return resultOf(needs, rows, attempts, refusal);
}

/** A try that was counted as a failure before its outcome was known. */
export interface Claim extends AttemptResult {
  readonly attempts: readonly Attempt[];
  readonly watched: readonly Attempt[];
}

/**
 * Counts a try as a failure before anything dear is done for it, to be settled (`settleClaim`) or given back
 * (`releaseClaim`). Those it is only watched for must not be suspended either, and are counted at the end: several
 * people may be trying from one address at this moment. A blocked one leaves its audit event.
 */
export async function claimAttempt(
  needs: CountNeeds,
  at: Date,
  { attempts, watched }: { readonly attempts: readonly Attempt[]; readonly watched: readonly Attempt[] },
  refusal: Refusal,
): Promise<Claim> {
  const { rows } = await sql<Row>`
    with tried as materialized (
      select * from record_attempts(${tried(attempts, watched)}::jsonb, false, ${at})
    ), told as (
      insert into audit_event (${auditColumns})
      select ${auditValues(refusal.personKey, at, refusal.kind, refusal.details)} where (select bool_or(blocked) from tried)
    )
    select * from tried`.execute(needs.db);
  return { ...resultOf(needs, rows, attempts, refusal), attempts, watched };
}

/** Says how a claimed try ended. A right one is given back, unless those it was watched for were suspended meanwhile. */
export async function settleClaim(
  needs: CountNeeds,
  { attempts, watched, nextAt, consecutive }: Claim,
  at: Date,
  ok: boolean,
  refusal: Refusal,
): Promise<AttemptResult> {
  const { rows } = await sql<Row>`
    with tried as materialized (
      select * from settle_attempts(${tried(attempts)}::jsonb, ${tried(watched)}::jsonb, ${ok}, ${at})
    ), told as (
      insert into audit_event (${auditColumns})
      select ${auditValues(refusal.personKey, at, refusal.kind, refusal.details)}
      where ${!ok} or (select bool_or(blocked) from tried)
    )
    select * from tried`.execute(needs.db);
  const ended = resultOf(needs, rows, watched, refusal);
  if (ok) return ended;
  return { blocked: false, nextAt: latest([nextAt, ended.nextAt]), consecutive };
}

/** Gives a claimed try back that was not judged. */
export async function releaseClaim({ db }: CountNeeds, { attempts }: Claim, at: Date): Promise<void> {
  await sql`select release_attempts(${tried(attempts)}::jsonb, false, ${at})`.execute(db);
}

/** Takes the failures back that are about the same one, of counters that are not asked now. */
export async function forgive(db: CountNeeds['db'], attempts: readonly Attempt[]): Promise<void> {
  for (const { rule, subject, other } of attempts)
    await sql`
      update attempt set
        failures = array(select f from unnest(failures, others) with ordinality as kept (f, o, n)
          where o is distinct from ${other} order by n),
        others = array(select o from unnest(others) with ordinality as kept (o, n)
          where o is distinct from ${other} order by n)
      where kind = ${rule.kind} and subject = ${subject} and ${other} = any(others)`.execute(db);
}

/** As a part of a statement: until when a subject is refused, null when it may try. Nothing is counted. */
export function blockedUntil({ rule, subject }: Attempt, at: Date): RawBuilder<Date | null> {
  return sql`(
    select attempt_blocked_until(failures, blocked_until, ${at}, ${maxima(rule)}::integer[], ${seconds(rule)}::integer[])
    from attempt where kind = ${rule.kind} and subject = ${subject}
  )`;
}

interface Row {
  blocked: boolean;
  next_at: Date | null;
  consecutive: number;
  spread: boolean;
}

function resultOf(
  { events }: Pick<CountNeeds, 'events'>,
  rows: readonly Row[],
  attempts: readonly Attempt[],
  refusal: Refusal | null,
): AttemptResult {
  const counted = attempts.filter(({ subject }) => subject !== null);
  for (const [index, { spread }] of rows.entries()) {
    const rule = counted[index]?.rule;
    if (spread && rule?.alarm)
      events.attemptsSpread(rule.kind, rule.alarm.spread, refusal?.personKey ?? null);
  }
  return {
    blocked: rows.some((row) => row.blocked),
    nextAt: latest(rows.map((row) => row.next_at)),
    consecutive: rows[0]?.consecutive ?? 0,
  };
}

/** As `record_attempts` reads them: those that count, then those that are only looked at. */
function tried(counted: readonly Attempt[], watched: readonly Attempt[] = []): string {
  const all = [
    ...counted.map((attempt) => ({ attempt, counts: true })),
    ...watched.map((attempt) => ({ attempt, counts: false })),
  ];
  return JSON.stringify(
    all.flatMap(({ attempt: { rule, subject, other, forgives }, counts }) =>
      subject === null
        ? []
        : [
            {
              kind: rule.kind,
              subject: hex(subject),
              other: other ? hex(other) : null,
              counts,
              forgives: forgives ?? false,
              maxima: maxima(rule),
              seconds: seconds(rule),
              delay_failures: rule.delays?.map((delay) => delay.failures) ?? [],
              delay_seconds: rule.delays?.map((delay) => delay.seconds) ?? [],
              spread: rule.alarm?.at ?? null,
            },
          ],
    ),
  );
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
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
