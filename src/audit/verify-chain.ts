import { type Kysely, sql } from 'kysely';
import { isVouchedFor } from '#src/audit/seal.ts';
import { sealedHead } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** What holds of the chain of one person. */
export interface ChainVerification {
  readonly events: number;
  /** The first event that is not what was written, or does not follow the one before; null: none. */
  readonly brokenAt: number | null;
  /** Until which event the installation vouched for the chain with its key; null: for none of them yet. */
  readonly vouchedUntil: number | null;
  /** What was vouched for is still there. */
  readonly isVouchedFor: boolean;
}

/** Computes the hashes of one chain again, as `verifyAudit` does with all, and compares it with what was vouched for. */
export async function verifyChain(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
): Promise<ChainVerification> {
  const { rows } = await sql<{ events: string; broken_at: string | null }>`
    with followed as (
      select seq, previous, hash, audit_hash(previous, person_key, seq, at, actor, actor_id, kind, details) as computed,
        coalesce(lag(seq) over chain, 0) as seq_before, coalesce(lag(hash) over chain, ''::bytea) as hash_before
      from audit_event where person_key = ${personKey} window chain as (order by seq)
    )
    select count(*) as events,
      min(seq) filter (where hash <> computed or seq <> seq_before + 1 or previous <> hash_before) as broken_at
    from followed`.execute(db);
  const head = await db
    .selectFrom('audit_head')
    .selectAll()
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  const vouched = head ? sealedHead(head) : null;
  const kept =
    vouched &&
    (await db
      .selectFrom('audit_event')
      .select('seq')
      .where('person_key', '=', personKey)
      .where('seq', '=', vouched.head.seq)
      .where('hash', '=', vouched.head.hash)
      .executeTakeFirst());
  const [counted] = rows;
  const events = Number(counted?.events ?? 0);
  const holds = !vouched || (isVouchedFor(keyring, vouched.head, vouched.mac) && kept !== undefined);
  return {
    events,
    brokenAt: counted?.broken_at == null ? null : Number(counted.broken_at),
    vouchedUntil: vouched ? Number(vouched.head.seq) : null,
    isVouchedFor: holds && Number(head?.seq ?? 0) === events,
  };
}
