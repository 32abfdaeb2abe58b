import { type Kysely, sql } from 'kysely';
import { moveChains, type Renamed } from '#src/audit/move-chains.ts';
import { fingerprint, type Keyring, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type SealedColumn, sealedColumns } from '#src/installation/reseal.ts';

/** What holds somebody's name and nothing else that a key made. */
const renamedTables = [
  'credential',
  'email_claim',
  'consent',
  'terms_acceptance',
  'provisional_code',
  'letter',
] as const;

/** What cannot be made anew without what the person holds: a browser, a subject of FranceConnect, a program. */
const endedTables = [
  'session',
  'known_device',
  'franceconnect_link',
  'franceconnect_subject',
  'api_idempotency',
] as const;

const movedColumns = sealedColumns.filter(({ table }) => table !== 'api_idempotency');

/** Every table but the trail's that names people, for the look whether somebody is still named so. */
export const tablesOfPeople = [
  ...new Set([...renamedTables, ...endedTables, ...movedColumns.map(({ table }) => table)]),
] as const;

/** Those of these names that anything is kept under. */
export async function namesInUse(
  db: Kysely<Database>,
  names: readonly Buffer[],
): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const table of [...tablesOfPeople, 'audit_head']) {
    const { rows } = await sql<{ name: string }>`
      select distinct encode(person_key, 'hex') as name from ${sql.table(table)}
      where person_key = any(${names}::bytea[])`.execute(db);
    for (const { name } of rows) used.add(name);
  }
  return used;
}

/**
 * Gives everything that is kept under these names to their new ones, in the caller's transaction: sealed values are
 * sealed for their new place, codes on their way end, sessions, known browsers and links with FranceConnect too.
 */
export async function movePeople(
  trx: Kysely<Database>,
  keyring: Keyring,
  people: readonly Renamed[],
  now: Date,
): Promise<void> {
  const from = people.map((person) => person.from);
  const renamed = sql`unnest(${from}::bytea[], ${people.map(({ to }) => to)}::bytea[]) as renamed(old_name, new_name)`;
  for (const table of endedTables)
    await sql`delete from ${sql.table(table)} where person_key = any(${from}::bytea[])`.execute(trx);
  await sql`
    update provisional_code set superseded_at = ${now}
    where person_key = any(${from}::bytea[]) and used_at is null and superseded_at is null`.execute(trx);
  await sql`
    update email_confirmation set code_hash = null where person_key = any(${from}::bytea[])`.execute(trx);
  await sql`
    update notice set recipient_key = null, dispute_key = null, dispute_bound = null
    where person_key = any(${from}::bytea[])`.execute(trx);
  await renameAddresses(trx, keyring, from);
  await dropTwins(trx, renamed);
  // What belongs to an account is renamed after it.
  await sql`set constraints all deferred`.execute(trx);
  for (const column of movedColumns) await moveSealed(trx, keyring, column, people);
  for (const table of renamedTables)
    await sql`
      update ${sql.table(table)} as held set person_key = renamed.new_name from ${renamed}
      where held.person_key = renamed.old_name`.execute(trx);
  await moveChains(trx, keyring, people, now);
}

/** What names where a letter went is only ever compared; under a key that is gone it compares with nothing. */
async function renameAddresses(
  trx: Kysely<Database>,
  keyring: Keyring,
  from: readonly Buffer[],
): Promise<void> {
  const letters = await trx
    .selectFrom('letter')
    .select(['person_key', 'id', 'address_key'])
    .where('person_key', 'in', from)
    .execute();
  if (letters.length === 0) return;
  await sql`
    update letter set address_key = given.address_key
    from unnest(${letters.map(({ person_key }) => person_key)}::bytea[], ${letters.map(({ id }) => id)}::uuid[],
      ${letters.map((one) => fingerprint(keyring, 'letter-address-before', one.address_key))}::bytea[])
      as given(person_key, id, address_key)
    where letter.person_key = given.person_key and letter.id = given.id`.execute(trx);
}

/** An import that ran on another node at the wrong moment may have added somebody twice: the newer row stays. */
async function dropTwins(trx: Kysely<Database>, renamed: ReturnType<typeof sql>): Promise<void> {
  await sql`
    delete from insured using ${renamed}
    where person_key = renamed.old_name and exists (select from insured twin where twin.person_key = renamed.new_name)`.execute(
    trx,
  );
}

async function moveSealed(
  trx: Kysely<Database>,
  keyring: Keyring,
  { table, column, hasId }: SealedColumn,
  people: readonly Renamed[],
): Promise<void> {
  const names = new Map(people.map(({ from, to }) => [from.toString('hex'), to]));
  const id = hasId ? sql`id::text` : sql`''::text`;
  const { rows } = await sql<{ person_key: Buffer; id: string; value: Buffer | null }>`
    select person_key, ${id} as id, ${sql.ref(column)} as value from ${sql.table(table)}
    where person_key = any(${people.map(({ from }) => from)}::bytea[]) for update`.execute(trx);
  if (rows.length === 0) return;
  const moved = rows.map(({ person_key, id, value }) => {
    const to = names.get(person_key.toString('hex')) ?? person_key;
    const place = (name: Buffer) => ({ table, column, row: hasId ? [name, id] : [name] });
    const opened = value === null ? null : unseal(keyring, place(person_key), value);
    return { from: person_key, id, to, value: opened === null ? null : seal(keyring, place(to), opened) };
  });
  await sql`
    update ${sql.table(table)} as held set person_key = moved.new_name, ${sql.ref(column)} = moved.value
    from unnest(
      ${moved.map(({ from }) => from)}::bytea[], ${moved.map(({ id }) => id)}::text[],
      ${moved.map(({ to }) => to)}::bytea[], ${moved.map(({ value }) => value)}::bytea[]
    ) as moved(old_name, row_id, new_name, value)
    where held.person_key = moved.old_name and ${hasId ? sql`held.id::text` : sql`''::text`} = moved.row_id`.execute(
    trx,
  );
}
