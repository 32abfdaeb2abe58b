import { type Kysely, sql } from 'kysely';
import { isVouchedFor, macOf, type SealedHead, type Total, withHead } from '#src/audit/seal.ts';
import { changeTotal, sealedHead } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditHeadTable, Database } from '#src/database/tables.ts';

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
  const { rows: heads } = await sql<AuditHeadTable>`
    select * from audit_head where person_key = any(${from}::bytea[]) order by person_key for update`.execute(
    trx,
  );
  if (heads.length === 0) return;
  await sql`
    insert into audit_event (person_key, at, actor, actor_id, kind, details)
    select renamed.new_name, event.at, event.actor, event.actor_id, event.kind, event.details
    from audit_event event
      join unnest(${from}::bytea[], ${people.map(({ to }) => to)}::bytea[]) as renamed(old_name, new_name)
        on event.person_key = renamed.old_name
    order by event.person_key, event.seq`.execute(trx);
  await changeTotal(trx, keyring, now, async (before) => [without(keyring, before, heads), null]);
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
    const done = await db.transaction().execute(async (trx) => {
      const { rows } = await sql<AuditHeadTable>`
        select * from audit_head where substring(mac from 1 for 4) = int4send(${version}::integer)
        order by person_key limit ${atOnce} for update`.execute(trx);
      // The total itself may be sealed under that key, even when no head is.
      await changeTotal(trx, keyring, now, (total) => renewTotal(trx, keyring, rows, total));
      return rows.length;
    });
    renewed += done;
    if (done < atOnce) return renewed;
  }
}

async function renewTotal(
  trx: Kysely<Database>,
  keyring: Keyring,
  rows: readonly AuditHeadTable[],
  before: Total,
): Promise<readonly [Total, null]> {
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
  await sql`
    update audit_head set mac = given.mac
    from unnest(
      ${vouched.map(({ head }) => head.personKey)}::bytea[], ${vouched.map(({ head }) => macOf(keyring, head))}::bytea[]
    ) as given(person_key, mac)
    where audit_head.person_key = given.person_key`.execute(trx);
  return [total, null];
}
