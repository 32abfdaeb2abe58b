import { type Kysely, sql } from 'kysely';
import { moveChains, type Renamed } from '#src/audit/move-chains.ts';
import { fingerprint, type Keyring, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type SealedColumn, sealedColumns } from '#src/installation/reseal.ts';
import { puttingSignposts } from '#src/signposts/signpost.ts';

/** Tables in which the person key is the only value derived from the master key. */
const renamedTables = [
  'credential',
  'email_claim',
  'consent',
  'terms_acceptance',
  'provisional_code',
  'letter',
  'avis',
  'attestation_code',
  'deposit',
  'signpost',
  'tombstone',
  'register_concerned',
] as const;

/** Tables whose rows end: they are derived from something that only a browser, FranceConnect or a program holds. */
const endedTables = [
  'session',
  'known_device',
  'franceconnect_link',
  'franceconnect_subject',
  'api_idempotency',
] as const;

/** The sealed columns of each table whose rows move. */
const movedTables = Map.groupBy(
  sealedColumns.filter(({ table }) => table !== 'api_idempotency'),
  ({ table }) => table,
);

/** Every table with person keys except those of the audit trail, to find keys that are still in use. */
export const tablesOfPeople = [
  ...new Set([...renamedTables, ...endedTables, ...movedTables.keys()]),
] as const;

/** Those of these person keys that are in use, in hexadecimal. */
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
 * Moves all rows of these people to their new person keys, in the caller's transaction: sealed values are sealed for
 * their new place; codes that are on their way, sessions, known browsers and links with FranceConnect end.
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
  await sql`update deposit set content_key = null where person_key = any(${from}::bytea[])`.execute(trx);
  await renameAddresses(trx, keyring, from);
  await signpostLinks(trx, people);
  await dropTwins(trx, renamed);
  // Rows that reference an account get the new key after it.
  await sql`set constraints all deferred`.execute(trx);
  for (const columns of movedTables.values()) await moveSealed(trx, keyring, columns, people);
  for (const table of renamedTables)
    await sql`
      update ${sql.table(table)} as held set person_key = renamed.new_name from ${renamed}
      where held.person_key = renamed.old_name`.execute(trx);
  await moveChains(trx, keyring, people, now);
}

/** Address fingerprints are only compared; those of a retired key can no longer match, and are replaced. */
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
    update letter set address_key = renewed.address_key
    from unnest(${letters.map(({ person_key }) => person_key)}::bytea[], ${letters.map(({ id }) => id)}::uuid[],
      ${letters.map(({ address_key }) => fingerprint(keyring, 'letter-address-before', address_key))}::bytea[])
      as renewed(person_key, id, address_key)
    where letter.person_key = renewed.person_key and letter.id = renewed.id`.execute(trx);
}

/** Links that are on their way carry the key of before. */
async function signpostLinks(trx: Kysely<Database>, people: readonly Renamed[]): Promise<void> {
  const names = new Map(people.map(({ from, to }) => [from.toString('hex'), to]));
  const links = await trx
    .selectFrom('email_confirmation')
    .select(['person_key', 'token_hash', 'dead_at'])
    .where(
      'person_key',
      'in',
      people.map(({ from }) => from),
    )
    .execute();
  const signposts = links.map(({ person_key: key, token_hash: name, dead_at: dead }) => {
    const until = new Date(dead.getTime() + linkDays * 86_400_000);
    return { kind: 'moved-link', name, personKey: names.get(key.toString('hex')) ?? key, until } as const;
  });
  if (signposts.length > 0) await trx.executeQuery(puttingSignposts(trx, signposts).compile());
}

/** A concurrent import on another node may have added a person twice: the newer row stays. */
async function dropTwins(trx: Kysely<Database>, renamed: ReturnType<typeof sql>): Promise<void> {
  await sql`
    delete from insured using ${renamed}
    where person_key = renamed.old_name and exists (select from insured twin where twin.person_key = renamed.new_name)`.execute(
    trx,
  );
}

/** How long the page of a link that is over says so. */
const linkDays = 30;

/** Rows that are opened and sealed at once: some are parts of documents, of a quarter of a megabyte. */
const rowsAtOnce = 100;

/** Moves the rows of one table, whose sealed columns are all given. */
async function moveSealed(
  trx: Kysely<Database>,
  keyring: Keyring,
  columns: readonly SealedColumn[],
  people: readonly Renamed[],
): Promise<void> {
  while ((await moveSealedRows(trx, keyring, columns, people)) === rowsAtOnce);
}

async function moveSealedRows(
  trx: Kysely<Database>,
  keyring: Keyring,
  columns: readonly SealedColumn[],
  people: readonly Renamed[],
): Promise<number> {
  const [first] = columns;
  if (!first) throw new Error('A table has a sealed column');
  const { table, hasId } = first;
  const names = new Map(people.map(({ from, to }) => [from.toString('hex'), to]));
  const id = hasId ? sql`id::text` : sql`''::text`;
  const values = sql.join(columns.map(({ column }) => sql.ref(column)));
  const { rows } = await sql<{ person_key: Buffer; id: string; values: (Buffer | null)[] }>`
    select person_key, ${id} as id, array[${values}] as values from ${sql.table(table)}
    where person_key = any(${people.map(({ from }) => from)}::bytea[]) limit ${rowsAtOnce} for update`.execute(
    trx,
  );
  if (rows.length === 0) return 0;
  const target = ({ person_key }: { person_key: Buffer }) =>
    names.get(person_key.toString('hex')) ?? person_key;
  const resealed = columns.map(({ column }, index) =>
    rows.map((row) => {
      const value = row.values[index] ?? null;
      const place = (name: Buffer) => ({ table, column, row: hasId ? [name, row.id] : [name] });
      const opened = value === null ? null : unseal(keyring, place(row.person_key), value);
      return opened === null ? null : seal(keyring, place(target(row)), opened);
    }),
  );
  const moved = sql.join(resealed.map((column) => sql`${column}::bytea[]`));
  const set = sql.join(
    columns.map(({ column }, index) => sql`${sql.ref(column)} = moved.${sql.ref(`value${index}`)}`),
  );
  await sql`
    update ${sql.table(table)} as held set person_key = moved.new_name, ${set}
    from unnest(
      ${rows.map(({ person_key }) => person_key)}::bytea[], ${rows.map((row) => row.id)}::text[],
      ${rows.map(target)}::bytea[], ${moved}
    ) as moved(old_name, row_id, new_name, ${sql.join(columns.map((_, index) => sql.ref(`value${index}`)))})
    where held.person_key = moved.old_name and ${hasId ? sql`held.id::text` : sql`''::text`} = moved.row_id`.execute(
    trx,
  );
  return rows.length;
}
