import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** An event as it leaves the installation: nothing in it names anybody without its keys. */
export interface ExportedEvent {
  /** The key of the person, in hexadecimal: the chain. */
  readonly person: string;
  readonly seq: number;
  /** ISO 8601, to the millisecond. */
  readonly at: string;
  readonly actor: string;
  readonly actorId: string | null;
  readonly kind: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Of the event before; empty for the first one. */
  readonly previous: string;
  /** SHA-256 of the bytes of `previous`, those of `person`, and `hashed` in UTF-8. */
  readonly hash: string;
  readonly hashed: string;
}

const atOnce = 2_000;

interface Row {
  person: string;
  seq: number;
  at: Date;
  actor: string;
  actor_id: string | null;
  kind: string;
  details: Record<string, unknown>;
  previous: string;
  hash: string;
  hashed: string;
}

/**
 * The events from one instant to another, the oldest first: what was written by the time that it begins, read through a
 * cursor, so that it holds some thousands in memory, however many there are.
 */
export async function* exportEvents(
  db: Kysely<Database>,
  from: Date,
  until: Date,
): AsyncGenerator<ExportedEvent> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    await sql`set local statement_timeout = 0`.execute(trx);
    // What is hashed: as `audit_hash` writes it (migration 0001).
    await sql`
      declare audit_export no scroll cursor for
      select encode(person_key, 'hex') as person, seq, at, actor, actor_id, kind, details,
        encode(previous, 'hex') as previous, encode(hash, 'hex') as hash,
        concat_ws(' ', seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
          actor || coalesce(':' || actor_id, ''), kind, details::text) as hashed
      from audit_event where at >= ${sql.lit(from.toISOString())}::timestamptz
        and at < ${sql.lit(until.toISOString())}::timestamptz
      order by at, person_key, seq`.execute(trx);
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(atOnce)} from audit_export`.execute(trx);
      for (const { actor_id: actorId, at, ...row } of rows) {
        const { person, seq, actor, kind, details, previous, hash, hashed } = row;
        const written = { person, seq, at: at.toISOString(), actor, actorId, kind, details };
        yield { ...written, previous, hash, hashed };
      }
      if (rows.length < atOnce) return;
    }
  } finally {
    await trx.rollback().execute();
  }
}
