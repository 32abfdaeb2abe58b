import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { fingerprint, type Keyring, type Place, personKeys, seal, unseal } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { InsuredTable } from '#src/database/tables/register.ts';
import type { Database } from '#src/database/tables.ts';
import type { StoredProof } from '#src/proofs/verifiers.ts';
import { decoyInsured } from '#src/register/decoy.ts';
import { type Insured, registerLine } from '#src/register/insured.ts';

/** A person of the register, opened for one request. */
export interface FoundInsured extends StoredProof {
  /** As stored: made by an older key while a rotation is under way. */
  readonly personKey: Buffer;
  readonly insured: Insured;
  /** Since when they have left the register; null: they are in it. */
  readonly leftSince: Date | null;
}

const sealedInsured = registerLine.omit({ iban: true, card: true }).extend({
  ibanStart: z.string().nullable(),
  card: registerLine.shape.card.unwrap().omit({ serial: true }).nullable(),
});

/** The place that a person's sealed data is bound to. */
export function insuredPlace(personKey: Buffer): Place {
  return { table: 'insured', column: 'sealed', row: [personKey] };
}

/**
 * The person with this NIR (13 characters), or null. Always one query and one decryption, of a decoy if the NIR is
 * unknown, so that the time does not reveal a known number. Throws when a row cannot be opened (lost key, altered or moved value).
 */
export async function findInsured(
  db: Kysely<Database>,
  keyring: Keyring,
  nir: string,
): Promise<FoundInsured | null> {
  const { rows } = await db.executeQuery(prepared<OpenedColumns>(insuredQuery, [personKeys(keyring, nir)]));
  const [row] = rows;
  const opened = openInsured(keyring, row ?? decoyRow(keyring));
  return row ? opened : null;
}

/** The key of the row of each of these NIRs that is in the register, by NIR; nothing is decrypted. */
export async function findPersonKeys(
  db: Kysely<Database>,
  keyring: Keyring,
  nirs: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const candidates = [...new Set(nirs)].map((nir) => ({ nir, keys: personKeys(keyring, nir) }));
  const stored = await storedKeys(
    db,
    candidates.flatMap(({ keys }) => keys),
  );
  return new Map(
    candidates.flatMap(({ nir, keys }) => {
      const key = keys.find((candidate) => stored.has(candidate.toString('hex')));
      return key ? [[nir, key] as const] : [];
    }),
  );
}

/** Those of these keys, in hexadecimal, that somebody of the register has. */
export async function storedKeys(
  db: Kysely<Database>,
  keys: readonly Buffer[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('insured')
    .select('person_key')
    .where('person_key', '=', sql<Buffer>`any(${keys}::bytea[])`)
    .execute();
  return new Set(rows.map((row) => row.person_key.toString('hex')));
}

const decoyRows = new WeakMap<Keyring, OpenedColumns>();

/** The row to decrypt for an unknown NIR, as long as that of most people. */
function decoyRow(keyring: Keyring): OpenedColumns {
  const cached = decoyRows.get(keyring);
  if (cached) return cached;
  const person_key = fingerprint(keyring, 'decoy', 'insured');
  const sealed = seal(keyring, insuredPlace(person_key), decoyInsured);
  const row = { person_key, sealed, iban_verifier: null, serial_verifier: null, left_since: null };
  decoyRows.set(keyring, row);
  return row;
}

/** What they say. */
export type OpenedColumns = Pick<InsuredTable, (typeof foundColumns)[number]>;

/** The columns of `insured` that `openInsured` reads. */
export const foundColumns = [
  'person_key',
  'sealed',
  'iban_verifier',
  'serial_verifier',
  'left_since',
] as const;

const insuredQuery = `
  select ${foundColumns.join(', ')} from insured
  where person_key = any($1::bytea[]) order by key_version desc limit 1`;

export function openInsured(keyring: Keyring, row: OpenedColumns): FoundInsured {
  return {
    personKey: row.person_key,
    insured: openRegistered(keyring, row.person_key, row.sealed),
    ibanVerifier: row.iban_verifier,
    serialVerifier: row.serial_verifier,
    leftSince: row.left_since,
  };
}

/** What the register says about a person. */
export function openRegistered(keyring: Keyring, personKey: Buffer, sealed: Buffer): Insured {
  return sealedInsured.parse(unseal(keyring, insuredPlace(personKey), sealed));
}

/** The person whose row has this key; null when the register no longer has it. */
export async function findRegistered(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
): Promise<Insured | null> {
  const row = await db
    .selectFrom('insured')
    .select('sealed')
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return row ? openRegistered(keyring, personKey, row.sealed) : null;
}
