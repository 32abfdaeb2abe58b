import { type Kysely, sql } from 'kysely';
import { isVouchedFor, macOf, nothing, openTotal, sealTotal, type Total, withHead } from '#src/audit/seal.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditHeadTable, Database } from '#src/database/tables.ts';

const atOnce = 500;

/** The first total, of an empty trail: made with the installation, and never again. */
export async function beginSeal(db: Kysely<Database>, keyring: Keyring, now: Date): Promise<void> {
  await sql`
    insert into audit_seal (sealed, at) select ${sealTotal(keyring, nothing)}::bytea, ${now}::timestamptz
    where not exists (select from audit_event) on conflict do nothing`.execute(db);
}

/** Runs with the total taken, so that nobody else changes it, and stores what comes of it. */
export async function changeTotal<T>(
  trx: Kysely<Database>,
  keyring: Keyring,
  now: Date,
  change: (total: Total) => Promise<readonly [Total, T]>,
): Promise<T> {
  const row = await trx.selectFrom('audit_seal').select('sealed').forUpdate().executeTakeFirst();
  if (!row) throw new Error('The seal of the audit trail is missing: somebody took it away');
  const before = openTotal(keyring, row.sealed);
  const [after, result] = await change(before);
  const sealed = sealTotal(keyring, { ...after, number: before.number + 1 });
  await trx.updateTable('audit_seal').set({ sealed, at: now }).execute();
  return result;
}

/**
 * Vouches for what was added to the trail since the last time. A chain that does not go on from where it was vouched
 * for is left as it is, so that nothing which was changed or taken away is ever vouched for; these are counted.
 */
export async function sealHeads(
  db: Kysely<Database>,
  keyring: Keyring,
  now: Date,
): Promise<{ sealed: number; broken: number }> {
  let sealed = 0;
  let broken = 0;
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const heads = await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx);
      const { rows } = await sql<AuditHeadTable>`
        select * from audit_head where sealed_seq is distinct from seq and person_key > ${after}
        order by person_key limit ${atOnce} for update skip locked`.execute(trx);
      if (rows.length === 0) return rows;
      const bad = await brokenSince(trx, keyring, rows);
      const good = rows.filter(({ person_key }) => !bad.has(person_key.toString('hex')));
      broken += bad.size;
      if (good.length > 0)
        await changeTotal(trx, keyring, now, (total) => vouchFor(trx, keyring, good, total));
      sealed += good.length;
      return rows;
    });
    after = heads.at(-1)?.person_key ?? after;
    if (heads.length < atOnce) return { sealed, broken };
  }
}

async function vouchFor(
  trx: Kysely<Database>,
  keyring: Keyring,
  heads: readonly AuditHeadTable[],
  before: Total,
): Promise<readonly [Total, null]> {
  let total = before;
  const macs = heads.map((row) => {
    const older = sealedHead(row);
    if (older) total = withHead(keyring, total, older.head, older.mac, -1n);
    const head = { personKey: row.person_key, seq: row.seq, hash: row.hash };
    const mac = macOf(keyring, head);
    total = withHead(keyring, total, head, mac, 1n);
    return mac;
  });
  await sql`
    update audit_head set sealed_seq = seq, sealed_hash = hash, mac = given.mac
    from unnest(${heads.map(({ person_key }) => person_key)}::bytea[], ${macs}::bytea[]) as given(person_key, mac)
    where audit_head.person_key = given.person_key`.execute(trx);
  return [total, null];
}

/** What was vouched for of a chain; null when nothing was yet. */
export function sealedHead({
  person_key: personKey,
  sealed_seq: seq,
  sealed_hash: hash,
  mac,
}: AuditHeadTable) {
  return seq === null || hash === null || mac === null ? null : { head: { personKey, seq, hash }, mac };
}

/** The chains, in hexadecimal, that do not lead from what was vouched for to their end. */
async function brokenSince(
  trx: Kysely<Database>,
  keyring: Keyring,
  heads: readonly AuditHeadTable[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    with head as (
      select * from audit_head where person_key = any(${heads.map(({ person_key }) => person_key)}::bytea[])
    ), followed as (
      select person_key, event.seq, event.hash, event.previous, sealed_seq, sealed_hash,
        audit_hash(
          event.previous, person_key, event.seq, event.at, event.actor, event.actor_id, event.kind, event.details) as computed,
        lag(event.seq) over chain as seq_before, lag(event.hash) over chain as hash_before
      from audit_event event join head using (person_key)
      where event.seq >= coalesce(head.sealed_seq, 0)
      window chain as (partition by person_key order by event.seq)
    )
    select encode(person_key, 'hex') as key from followed
    where hash <> computed
      or case when seq_before is null
        then seq <> coalesce(sealed_seq, 1) or hash <> coalesce(sealed_hash, hash)
        else seq <> seq_before + 1 or previous <> hash_before end
    union
    select encode(person_key, 'hex') from head
    where not exists (
      select from audit_event event
      where event.person_key = head.person_key and event.seq = head.seq and event.hash = head.hash)
      or sealed_seq is not null and not exists (
        select from audit_event event
        where event.person_key = head.person_key and event.seq = sealed_seq and event.hash = sealed_hash)`.execute(
    trx,
  );
  const forged = heads.filter((row) => {
    const older = sealedHead(row);
    return older ? !isVouchedFor(keyring, older.head, older.mac) : row.sealed_seq !== null;
  });
  return new Set([
    ...rows.map(({ key }) => key),
    ...forged.map(({ person_key }) => person_key.toString('hex')),
  ]);
}
