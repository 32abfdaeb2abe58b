import { type Kysely, sql } from 'kysely';
import { isVouchedFor, macOf, type SealedHead, type Total, withHead } from '#src/audit/seal.ts';
import { changeTotal, sealedHead, storeVouched } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditEventTable, AuditHeadTable, Database } from '#src/database/tables.ts';

/** Two names of somebody: under a key that is being retired, and from now on. */
export interface Renamed {
  readonly from: Buffer;
  readonly to: Buffer;
}

/**
 * Gives whole chains to other names: written anew in their order, after what stands there already, and taken out of
 * what was vouched for until the next seal. Only the owner of the trail can. To be called in a transaction, for chains
 * that were verified.
 */
export async function moveChains(
  trx: Kysely<Database>,
  keyring: Keyring,
  people: readonly Renamed[],
  now: Date,
): Promise<void> {
  const from = people.map((person) => person.from);
  const names = new Map(people.map((person) => [person.from.toString('hex'), person.to]));
  await changeTotal(trx, keyring, now, async (before) => {
    const { rows: heads } = await sql<AuditHeadTable>`
      select * from audit_head where person_key = any(${from}::bytea[])`.execute(trx);
    return [without(keyring, before, heads), null];
  });
  const { rows: events } = await sql<AuditEventTable & { details_text: string }>`
    select *, details::text as details_text from audit_event where person_key = any(${from}::bytea[])
    order by person_key, seq`.execute(trx);
  if (events.length === 0) return;
  // Written by their text, as they are hashed: the chain is computed anew, the details stay byte for byte.
  await sql`
    select audit_append(person, at, actor, actor_id, kind, details::jsonb)
    from unnest(${events.map(({ person_key }) => names.get(person_key.toString('hex')) ?? person_key)}::bytea[],
      ${events.map(({ at }) => at)}::timestamptz[], ${events.map(({ actor }) => actor)}::text[],
      ${events.map(({ actor_id }) => actor_id)}::text[], ${events.map(({ kind }) => kind)}::text[],
      ${events.map(({ details_text }) => details_text)}::text[])
      as event (person, at, actor, actor_id, kind, details)`.execute(trx);
  await trx.deleteFrom('audit_head').where('person_key', 'in', from).execute();
  await trx.deleteFrom('audit_event').where('person_key', 'in', from).execute();
}

function without(keyring: Keyring, before: Total, heads: readonly AuditHeadTable[]): Total {
  return heads.reduce((total, row) => {
    const vouched = sealedHead(row);
    return vouched && isVouchedFor(keyring, vouched.head, vouched.mac)
      ? withHead(keyring, total, vouched.head, vouched.mac, -1n)
      : total;
  }, before);
}

const atOnce = 500;

/** Vouches under the current key for what was vouched for under that one. Answers for how many. */
export async function renewSeals(
  db: Kysely<Database>,
  keyring: Keyring,
  version: number,
  now: Date,
): Promise<number> {
  let renewed = 0;
  for (;;) {
    const done = await db.transaction().execute((trx) =>
      // The total itself may be sealed under that key, even when no head is.
      changeTotal(trx, keyring, now, async (total) => {
        const { rows } = await sql<AuditHeadTable>`
          select * from audit_head where substring(mac from 1 for 4) = int4send(${version}::integer)
          order by person_key limit ${atOnce}`.execute(trx);
        return [await renewTotal(trx, keyring, rows, total), rows.length];
      }),
    );
    renewed += done;
    if (done < atOnce) return renewed;
  }
}

async function renewTotal(
  trx: Kysely<Database>,
  keyring: Keyring,
  rows: readonly AuditHeadTable[],
  before: Total,
): Promise<Total> {
  const vouched = rows.map((row) => {
    const sealed = sealedHead(row);
    if (!sealed || !isVouchedFor(keyring, sealed.head, sealed.mac))
      throw new Error('The audit trail was changed: run "compte audit verify"');
    return sealed;
  });
  const added = (total: Total, head: SealedHead) => withHead(keyring, total, head, macOf(keyring, head), 1n);
  const total = vouched.reduce(
    (sum, { head, mac }) => added(withHead(keyring, sum, head, mac, -1n), head),
    before,
  );
  if (vouched.length > 0)
    await storeVouched(
      trx,
      vouched.map(({ head }) => ({ head, mac: macOf(keyring, head) })),
    );
  return total;
}
