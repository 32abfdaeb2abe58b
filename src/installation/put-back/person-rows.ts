import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Tables whose rows of a person are made what they were, in the order in which they refer to one another. What came of
 * the world meanwhile is not undone: see the others.
 */
const replaced = [
  'account',
  'credential',
  'consent',
  'terms_acceptance',
  'email_claim',
  'email_confirmation',
  'franceconnect_link',
  'franceconnect_subject',
  'dossier',
  'provisional_code',
  'correspondence',
  'avis',
  'attestation',
  'attestation_code',
  'api_idempotency',
] as const;

/** What has left the house stays as it is now: a message that was sent is not sent again. */
const outside = ['notice', 'letter'] as const;

/** Browsers are known as long as the account is there. */
const browsers = ['known_device'] as const;

/** What others deposited since then stays. */
const deposited = {
  document: sql`origin = 'sender'`,
  message: sql`direction = 'received'`,
} as const;

/** Of a document each, and gone with it. */
const parts = ['document_part'] as const;

const kept = [...replaced, ...outside, ...browsers, 'document', 'message', ...parts] as const;

/** Tables that are not touched: the register, what caisses deposit, erasures, and the trail. Sessions end. */
export const tablesLeft = [
  'insured',
  'payment',
  'rights',
  'deposit',
  'audit_event',
  'audit_head',
  'session',
  'signpost',
  'tombstone',
  'register_concerned',
  'register_moved',
  'register_staged',
] as const;

/** Every table that is read and written here. */
export const tablesPutBack: readonly string[] = kept;

const rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

/** Everything that the database holds of a person at one moment, as JSON. */
export const personRows = z.object({
  rows,
  /** What their latest session might do; null without one. */
  session: z
    .object({ kind: z.enum(['enrolment', 'waiting', 'account']), dossierId: z.uuid().nullable() })
    .nullable(),
});
export type PersonRows = z.infer<typeof personRows>;

/** Nothing of a person but their line in the register. */
export const noRows: PersonRows = { rows: {}, session: null };

/** Reads all rows of a person in one statement. */
export async function readPerson(db: Kysely<Database>, person: Buffer, now: Date): Promise<PersonRows> {
  const pairs = kept.flatMap((table) => [
    sql.lit(table),
    sql`(select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ${sql.table(table)} t where person_key = ${person})`,
  ]);
  const { rows: read } = await sql<{ person: unknown }>`
    select jsonb_build_object(
      'rows', jsonb_build_object(${sql.join(pairs)}),
      'session', (
        select jsonb_build_object('kind', kind, 'dossierId', dossier_id) from session
        where person_key = ${person} and expires_at > ${now} order by issued_at desc limit 1
      )
    ) as person`.execute(db);
  return personRows.parse(read[0]?.person);
}

/** Whose rows are written, and the keys of their mailbox and telephone, which have counters too. */
export interface PutPerson {
  readonly key: Buffer;
  readonly channels: readonly Buffer[];
}

/**
 * Makes the rows of a person what they were, in the caller’s transaction, and ends their sessions. Their failures are
 * forgotten, those of their browsers about them too: nobody is locked out by what did not happen. For classes that learn
 * and nothing else: refused in any other database.
 */
export async function writePerson(
  trx: Kysely<Database>,
  { key: person, channels }: PutPerson,
  keyring: Keyring,
  { rows: before }: PersonRows,
): Promise<void> {
  await refuseOutsideClasses(trx);
  await sql`set constraints all deferred`.execute(trx);
  await sql`delete from session where person_key = ${person}`.execute(trx);
  const known = await sql<{ rows: unknown; hashes: Buffer[] }>`
    select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows, coalesce(array_agg(token_hash), '{}') as hashes
    from known_device t where person_key = ${person}`.execute(trx);
  const devices = (known.rows[0]?.hashes ?? []).map((hash) =>
    fingerprint(keyring, 'known-device', person, hash),
  );
  for (const table of replaced.toReversed())
    await sql`delete from ${sql.table(table)} where person_key = ${person}`.execute(trx);
  for (const table of outside)
    await sql`
      delete from ${sql.table(table)} where person_key = ${person}
        and id not in (select id from ${rowsOf(table, before[table])})`.execute(trx);
  for (const [table, stays] of Object.entries(deposited))
    await sql`
      delete from ${sql.table(table)} where person_key = ${person}
        and (not ${stays} or id in (select id from ${rowsOf(table, before[table])}))`.execute(trx);
  for (const table of kept) await insert(trx, table, before[table]);
  if ((before.account ?? []).length > 0) await insert(trx, 'known_device', known.rows[0]?.rows);
  await forgetFailures(trx, person, [...devices, ...channels]);
}

async function refuseOutsideClasses(trx: Kysely<Database>): Promise<void> {
  const { mode } = await trx.selectFrom('installation').select('mode').executeTakeFirstOrThrow();
  if (mode !== 'workshop') throw new Error(`People are put back in a workshop only, not in mode ${mode}`);
}

/** Rows that are there already stay: they say what has become of them. */
async function insert(trx: Kysely<Database>, table: string, values: unknown = []): Promise<void> {
  await sql`insert into ${sql.table(table)} select * from ${rowsOf(table, values)} on conflict do nothing`.execute(
    trx,
  );
}

function rowsOf(table: string, values: unknown = []) {
  return sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(values)}::jsonb)`;
}

async function forgetFailures(
  trx: Kysely<Database>,
  person: Buffer,
  others: readonly Buffer[],
): Promise<void> {
  await sql`delete from attempt where substring(subject from 1 for 32) = any(${[person, ...others]}::bytea[])`.execute(
    trx,
  );
  await sql`
    update attempt set
      failures = array(select f from unnest(failures, others) with ordinality as kept (f, o, n)
        where o is distinct from ${person}::bytea order by n),
      others = array(select o from unnest(others) with ordinality as kept (o, n)
        where o is distinct from ${person}::bytea order by n)
    where ${person}::bytea = any(others)`.execute(trx);
}
