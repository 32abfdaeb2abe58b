import { type Kysely, sql } from 'kysely';
import {
  isVouchedFor,
  macOf,
  nothing,
  openTotal,
  type SealedHead,
  sealTotal,
  type Total,
  withHead,
} from '#src/audit/seal.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditHeadTable, Database } from '#src/database/tables.ts';

const atOnce = 500;

/** The first total, of an empty trail: made with the installation, and never again. */
export async function beginSeal(db: Kysely<Database>, keyring: Keyring, now: Date): Promise<void> {
  if (await db.selectFrom('audit_event').select('seq').limit(1).executeTakeFirst()) return;
  await db
    .insertInto('audit_seal')
    .values({ sealed: sealTotal(keyring, nothing), at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
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
    const waiting = await db
      .selectFrom('audit_head')
      .select('seq')
      .where(sql<boolean>`sealed_seq is distinct from seq`)
      .where('person_key', '>', after)
      .limit(1)
      .executeTakeFirst();
    if (!waiting) return { sealed, broken };
    const heads = await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx);
      // Sealing, purging and moving chains take the total first: no end of a chain is vouched for twice at once.
      return changeTotal(trx, keyring, now, async (total) => {
        const { rows } = await sql<AuditHeadTable>`
          select * from audit_head where sealed_seq is distinct from seq and person_key > ${after}
          order by person_key limit ${atOnce}`.execute(trx);
        const bad = await brokenSince(trx, keyring, rows);
        const good = rows.filter(({ person_key }) => !bad.has(person_key.toString('hex')));
        broken += bad.size;
        sealed += good.length;
        return [good.length > 0 ? await vouchFor(trx, keyring, good, total) : total, rows];
      });
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
): Promise<Total> {
  let total = before;
  const vouched = heads.map((row) => {
    const older = sealedHead(row);
    if (older) total = withHead(keyring, total, older.head, older.mac, -1n);
    const head = { personKey: row.person_key, seq: row.seq, hash: row.hash };
    const mac = macOf(keyring, head);
    total = withHead(keyring, total, head, mac, 1n);
    return { head, mac };
  });
  await storeVouched(trx, vouched);
  return total;
}

/** Stores what is vouched for of many chains: one table and a list of keys, as a distributed database asks for. */
export async function storeVouched(
  trx: Kysely<Database>,
  vouched: readonly { readonly head: SealedHead; readonly mac: Buffer }[],
): Promise<void> {
  const given = Object.fromEntries(
    vouched.map(({ head: { personKey, seq, hash }, mac }) => [
      personKey.toString('hex'),
      [seq, hash.toString('hex'), mac.toString('hex')],
    ]),
  );
  const of = (place: number) =>
    sql`${JSON.stringify(given)}::jsonb -> encode(person_key, 'hex') ->> ${sql.lit(place)}`;
  await sql`
    update audit_head set sealed_seq = (${of(0)})::integer, sealed_hash = decode(${of(1)}, 'hex'),
      mac = decode(${of(2)}, 'hex')
    where person_key = any(${vouched.map(({ head }) => head.personKey)}::bytea[])`.execute(trx);
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
  const keys = sql`any(${heads.map(({ person_key }) => person_key)}::bytea[])`;
  const { rows: events } = await sql<FollowedEvent>`
    select event.person_key, event.seq, event.hash, event.previous, audit_hash(event.previous, event.person_key, event.seq,
      event.at, event.actor, event.actor_id, event.kind, event.details) as computed
    from audit_event event join audit_head head on head.person_key = event.person_key
    where event.person_key = ${keys} and head.person_key = ${keys} and event.seq >= coalesce(head.sealed_seq, 0)
    order by event.person_key, event.seq`.execute(trx);
  const byPerson = Map.groupBy(events, ({ person_key }) => person_key.toString('hex'));
  const unlinked = heads.filter(
    (row) => !leadsToEnd(row, byPerson.get(row.person_key.toString('hex')) ?? []),
  );
  const forged = heads.filter((row) => {
    const older = sealedHead(row);
    return older ? !isVouchedFor(keyring, older.head, older.mac) : row.sealed_seq !== null;
  });
  return new Set([...unlinked, ...forged].map(({ person_key }) => person_key.toString('hex')));
}

interface FollowedEvent {
  readonly person_key: Buffer;
  readonly seq: number;
  readonly hash: Buffer;
  readonly previous: Buffer;
  readonly computed: Buffer;
}

/** Whether the events of a chain go from what was vouched for to its end; what was added since is left to the next seal. */
function leadsToEnd(
  { seq, hash, sealed_seq, sealed_hash }: AuditHeadTable,
  events: readonly FollowedEvent[],
): boolean {
  const followed = events.filter((event) => event.seq <= seq);
  const [first] = followed;
  const begins = first && first.seq === (sealed_seq ?? 1) && first.hash.equals(sealed_hash ?? first.hash);
  const ends = followed.at(-1);
  if (!begins || ends?.seq !== seq || !ends.hash.equals(hash)) return false;
  return followed.every((event, index) => {
    const before = followed[index - 1];
    const follows = !before || (event.seq === before.seq + 1 && event.previous.equals(before.hash));
    return follows && event.hash.equals(event.computed);
  });
}
