import { type Kysely, sql } from 'kysely';
import { isVouchedFor, nothing, openTotal, type Total, withHead } from '#src/audit/seal.ts';
import { sealedHead } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { isSpread } from '#src/database/dialect.ts';
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
      // On several nodes each statement sees its own state of the rows: nothing is sealed meanwhile.
      if (isSpread(trx)) await trx.selectFrom('audit_seal').select('sealed').forShare().execute();
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
        where seq = 1 and not exists (select 1 from audit_head h where h.person_key = e.person_key)`.execute(
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

/** What the events of a chain say, read with its head in one statement: a chain grows while it is verified. */
type HeadWithEvents = AuditHeadTable & {
  readonly last_seq: number | null;
  readonly hash_there: Buffer | null;
  readonly sealed_there: Buffer | null;
};

/** `ends`: the last event is the one the head names; `holds`: so is the one that was vouched for. */
async function* headsOf(
  trx: Kysely<Database>,
): AsyncGenerator<AuditHeadTable & { readonly ends: boolean; readonly holds: boolean }> {
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const { rows } = await sql<HeadWithEvents>`
      select h.*,
        (select max(e.seq) from audit_event e where e.person_key = h.person_key) as last_seq,
        (select e.hash from audit_event e where e.person_key = h.person_key and e.seq = h.seq) as hash_there,
        (select e.hash from audit_event e where e.person_key = h.person_key and e.seq = h.sealed_seq) as sealed_there
      from audit_head h where h.person_key > ${after} order by h.person_key limit ${atOnce}`.execute(trx);
    for (const row of rows) {
      const ends = row.last_seq === row.seq && areSame(row.hash_there, row.hash);
      yield { ...row, ends, holds: areSame(row.sealed_there, row.sealed_hash) };
    }
    const end = rows.at(-1);
    if (!end || rows.length < atOnce) return;
    after = end.person_key;
  }
}

function areSame(one: Buffer | null, other: Buffer | null): boolean {
  return one !== null && other !== null && one.equals(other);
}
