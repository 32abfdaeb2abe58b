import { type Kysely, sql } from 'kysely';
import { isVouchedFor, nothing, openTotal, type Total, withHead } from '#src/audit/seal.ts';
import { sealedHead } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditHeadTable, Database } from '#src/database/tables.ts';

/** `person`: the first 8 digits of the key; null where only the whole shows it. */
export interface BrokenSeal {
  readonly person: string | null;
  readonly reason: /** Events that were vouched for are gone or are others. */
    | 'cut-or-rewritten'
    /** Nobody who has the key vouched for this end of a chain. */
    | 'forged'
    /** The chain does not end where it says. */
    | 'end-missing'
    /** Events whose chain has no end at all. */
    | 'without-head'
    /** Chains that were vouched for are gone, or others came in their place. */
    | 'chains-missing'
    /** The total itself is gone, or not ours. */
    | 'total-missing'
    | 'total-forged';
}

export interface SealVerification {
  readonly total: Pick<Total, 'number' | 'chains' | 'events'>;
  /** Chains that end in events which nobody has vouched for yet. */
  readonly unsealed: number;
  /** The first 100. */
  readonly broken: readonly BrokenSeal[];
  readonly brokenCount: number;
}

const atOnce = 2_000;
const mostReported = 100;

/** Compares all ends of chains with what was vouched for: reads every one of them, and changes nothing. */
export async function verifySeals(db: Kysely<Database>, keyring: Keyring): Promise<SealVerification> {
  const broken: BrokenSeal[] = [];
  let brokenCount = 0;
  const report = (found: BrokenSeal): void => {
    brokenCount += 1;
    if (broken.length < mostReported) broken.push(found);
  };
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx);
      let counted = nothing;
      let unsealed = 0;
      for await (const row of headsOf(trx)) {
        const person = row.person_key.toString('hex', 0, 4);
        if (!row.ends) report({ person, reason: 'end-missing' });
        if (row.sealed_seq !== row.seq) unsealed += 1;
        const vouched = sealedHead(row);
        if (vouched === null) continue;
        if (!isVouchedFor(keyring, vouched.head, vouched.mac)) report({ person, reason: 'forged' });
        else {
          if (!row.holds) report({ person, reason: 'cut-or-rewritten' });
          counted = withHead(keyring, counted, vouched.head, vouched.mac, 1n);
        }
      }
      const headless = await sql<{ person: string }>`
        select distinct left(encode(person_key, 'hex'), 8) as person from audit_event e
        where seq = 1 and not exists (select from audit_head h where h.person_key = e.person_key)`.execute(
        trx,
      );
      for (const { person } of headless.rows) report({ person, reason: 'without-head' });
      const total = await readTotal(trx, keyring);
      if (typeof total === 'string') report({ person: null, reason: total });
      else if (
        total.sum !== counted.sum ||
        total.chains !== counted.chains ||
        total.events !== counted.events
      )
        report({ person: null, reason: 'chains-missing' });
      const { number, chains, events } = typeof total === 'string' ? nothing : total;
      return { total: { number, chains, events }, unsealed, broken, brokenCount };
    });
}

/** What the installation vouches for at the moment, or what is wrong with it. */
export async function readTotal(
  trx: Kysely<Database>,
  keyring: Keyring,
): Promise<Total | 'total-missing' | 'total-forged'> {
  const row = await trx.selectFrom('audit_seal').select('sealed').executeTakeFirst();
  if (!row) return 'total-missing';
  try {
    return openTotal(keyring, row.sealed);
  } catch {
    return 'total-forged';
  }
}

/** `ends`: the last event is the one the head names; `holds`: so is the one that was vouched for. */
async function* headsOf(
  trx: Kysely<Database>,
): AsyncGenerator<AuditHeadTable & { readonly ends: boolean; readonly holds: boolean }> {
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const { rows } = await sql<AuditHeadTable>`
      select * from audit_head where person_key > ${after} order by person_key limit ${atOnce}`.execute(trx);
    const keys = sql`any(${rows.map(({ person_key }) => person_key)}::bytea[])`;
    const lasts = await sql<{ person_key: Buffer; seq: number }>`
      select person_key, max(seq) as seq from audit_event where person_key = ${keys} group by person_key`.execute(
      trx,
    );
    const named = await sql<{ person_key: Buffer; seq: number; hash: Buffer }>`
      select e.person_key, e.seq, e.hash from audit_event e join audit_head h on h.person_key = e.person_key
      where e.person_key = ${keys} and h.person_key = ${keys} and e.seq in (h.seq, h.sealed_seq)`.execute(
      trx,
    );
    const last = new Map(lasts.rows.map(({ person_key, seq }) => [person_key.toString('hex'), seq]));
    const there = new Set(named.rows.map(({ person_key, seq, hash }) => nameOf(person_key, seq, hash)));
    for (const row of rows) {
      const { person_key: key, seq, hash, sealed_seq: sealedSeq, sealed_hash: sealedHash } = row;
      const ends = last.get(key.toString('hex')) === seq && there.has(nameOf(key, seq, hash));
      yield { ...row, ends, holds: there.has(nameOf(key, sealedSeq, sealedHash)) };
    }
    const end = rows.at(-1);
    if (!end || rows.length < atOnce) return;
    after = end.person_key;
  }
}

function nameOf(person: Buffer, seq: number | null, hash: Buffer | null): string {
  return `${person.toString('hex')} ${seq} ${hash?.toString('hex')}`;
}
