import { type Kysely, sql } from 'kysely';
import { renewSeals } from '#src/audit/move-chains.ts';
import { systemChain } from '#src/audit/record.ts';
import { sealHeads } from '#src/audit/seal-heads.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { isSpread } from '#src/database/dialect.ts';
import type { Database } from '#src/database/tables.ts';
import { resealAll, sealedColumns } from '#src/installation/reseal.ts';
import { moveAccounts, moveInsured, type Retiring } from '#src/installation/retire/known-people.ts';
import { movePeople, tablesOfPeople } from '#src/installation/retire/move-people.ts';
import { forgetSealedBy } from '#src/oidc/purge.ts';

export type Retirement =
  | {
      readonly kind: 'retired';
      readonly moved: number;
      readonly unnamed: number;
      readonly proofsClosed: number;
    }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly explanation: string };

/**
 * Rewrites every value derived from a master key, so that the key can be destroyed, or is useless to anyone who has it:
 * keys of people and mailboxes, sealed values, the audit trail and its seals. It changes the tables of every owner, the
 * one exception to one owner per table (ADR 29). The service goes on meanwhile, on processes that write with another key
 * and can still open this one. It may be stopped and repeated.
 *
 * Only an import can renew the proofs by card and IBAN; those that are not renewed are closed if `closeProofs` is set.
 * Rows of people who are neither in the register nor have an account get a key that no NIR leads to.
 */
export async function retireKey(
  db: Kysely<Database>,
  retiring: Retiring,
  { closeProofs }: { readonly closeProofs: boolean },
): Promise<Retirement> {
  const { keyring, version, now } = retiring;
  const explanation = await refusal(db, retiring, closeProofs);
  if (explanation !== null) return { kind: 'refused', explanation };
  let moved = 0;
  // Rows that a process wrote while their person was being moved are found by the next round.
  for (;;) {
    const round = (await moveInsured(db, retiring)) + (await moveAccounts(db, retiring));
    moved += round;
    if (round === 0) break;
  }
  const unnamed = await moveUnnamed(db, retiring);
  await resealAll(db, keyring);
  await renewSeals(db, keyring, version, now);
  await sealHeads(db, keyring, now);
  const proofsClosed = await clearRemains(db, retiring);
  await db
    .updateTable('installation_key')
    .set({ retired_at: now })
    .where('kind', '=', 'master')
    .where('number', '=', version)
    .execute();
  return { kind: 'retired', moved, unnamed, proofsClosed };
}

async function refusal(
  db: Kysely<Database>,
  { keyring, version }: Retiring,
  closeProofs: boolean,
): Promise<string | null> {
  if (isSpread(db))
    return 'the tables are distributed, and rows of a retired key would have to move to other nodes: this version cannot do that';
  if (version === keyring.current) return `key ${version} writes: promote another one first`;
  if (!keyring.versions.includes(version))
    return `key ${version} is not among MASTER_KEYS: it has to open what it made`;
  const { rows } = await sql<{ owner: boolean }>`
    select has_table_privilege('audit_event', 'delete') as owner`.execute(db);
  if (!rows[0]?.owner)
    return 'only the owner of the database can: run it with the DATABASE_URL of "compte migrate"';
  const chains = await verifyAudit(db);
  const seals = await verifySeals(db, keyring);
  if (chains.brokenCount + seals.brokenCount > 0)
    return 'the audit trail was changed, and would be written anew: run "compte audit verify"';
  const lost = (await resealAll(db, keyring, { dryRun: true })).reduce(
    (sum, { unreadable }) => sum + unreadable,
    0,
  );
  if (lost > 0) return `${lost} sealed values are opened by no key: find the key that made them`;
  const { left } = await db
    .selectFrom('insured')
    .select((eb) => eb.fn.countAll<string>().as('left'))
    .where('proof_version', '=', version)
    .executeTakeFirstOrThrow();
  return Number(left) > 0 && !closeProofs
    ? `${left} people prove who they are by values of key ${version}: import the register first, or close these proofs with --close-proofs`
    : null;
}

const atOnce = 200;

/**
 * Moves people who are neither in the register nor have an account, and whose rows are older than the current key:
 * nothing tells whether their person key was derived from the retired key.
 */
async function moveUnnamed(db: Kysely<Database>, { keyring, now }: Retiring): Promise<number> {
  const promoted = await db
    .selectFrom('installation_key')
    .select('current_since')
    .where('kind', '=', 'master')
    .where('number', '=', keyring.current)
    .executeTakeFirst();
  const since = promoted?.current_since ?? now;
  const otherTables = tablesOfPeople.filter((table) => table !== 'insured' && table !== 'account');
  const held = sql.join(
    otherTables.map((table) => sql`select person_key from ${sql.table(table)}`),
    sql` union all `,
  );
  const { rows } = await sql<{ name: Buffer }>`
    select distinct person_key as name from (
      select person_key from audit_event where seq = 1 and at < ${since} union all ${held}
    ) as named
    where person_key <> ${systemChain}
      and not exists (select from insured i where i.person_key = named.person_key)
      and not exists (select from account a where a.person_key = named.person_key)
      and not exists (select from audit_event e where e.person_key = named.person_key and seq = 1 and at >= ${since})`.execute(
    db,
  );
  for (let at = 0; at < rows.length; at += atOnce) {
    const people = rows
      .slice(at, at + atOnce)
      .map(({ name: from }) => ({ from, to: fingerprint(keyring, 'unnamed', from) }));
    await db.transaction().execute((trx) => movePeople(trx, keyring, people, now));
  }
  return rows.length;
}

/**
 * Deletes what remains of the key: values that live for minutes, expired counters, and proofs that no import renewed.
 * Returns how many proofs were closed.
 */
async function clearRemains(db: Kysely<Database>, { version, now }: Retiring): Promise<number> {
  const sealedBy = sql`int4send(${version}::integer)`;
  await forgetSealedBy(db, version);
  for (const { table, column } of sealedColumns) {
    const { rows } = await sql`
      select from ${sql.table(table)} where substring(${sql.ref(column)} from 1 for 4) = ${sealedBy} limit 1`.execute(
      db,
    );
    if (rows.length > 0) throw new Error(`A process still writes with key ${version}: ${table}.${column}`);
  }
  await sql`
    delete from attempt where coalesce(blocked_until, '-infinity') <= ${now} and not exists (
      select from unnest(failures) as failure, installation_key
      where kind = 'master' and retired_at is null and current_since is not null and failure >= current_since
        and number <> ${version})`.execute(db);
  const { numAffectedRows } = await sql`
    update insured set iban_verifier = null, serial_verifier = null, proof_version = null, row_fingerprint = null,
      line_fingerprint = null
    where proof_version = ${version}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
