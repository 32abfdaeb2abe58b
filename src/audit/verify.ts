import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

export interface AuditVerification {
  readonly events: number;
  /** The first 100 events that are not what was written, or do not follow the one before. */
  readonly broken: readonly {
    readonly personRef: string;
    readonly seq: number;
    readonly reason: BrokenReason;
  }[];
  readonly brokenCount: number;
}
type BrokenReason = 'changed' | 'not-linked' | 'missing-before';

/**
 * Computes every event's hash again and follows each person's chain: an event that was changed, inserted or
 * taken out of the middle shows. The last events of a chain, taken away together, do not.
 */
export async function verifyAudit(db: Kysely<Database>): Promise<AuditVerification> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    const { rows } = await sql<{ person_ref: string; seq: number; reason: BrokenReason; total: string }>`
      with followed as (
        select person_key, seq, previous, hash,
          audit_hash(previous, person_key, seq, at, actor, actor_id, kind, details) as computed,
          coalesce(lag(seq) over chain, 0) as seq_before,
          coalesce(lag(hash) over chain, ''::bytea) as hash_before
        from audit_event window chain as (partition by person_key order by seq)
      )
      select left(encode(person_key, 'hex'), 8) as person_ref, seq, count(*) over () as total,
        case when hash <> computed then 'changed' when seq <> seq_before + 1 then 'missing-before' else 'not-linked' end
          as reason
      from followed
      where hash <> computed or seq <> seq_before + 1 or previous <> hash_before
      order by person_key, seq limit 100`.execute(trx);
    const { count } = await trx
      .selectFrom('audit_event')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return {
      events: Number(count),
      broken: rows.map(({ person_ref: personRef, seq, reason }) => ({ personRef, seq, reason })),
      brokenCount: Number(rows[0]?.total ?? 0),
    };
  });
}
