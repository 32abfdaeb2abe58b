import { type Kysely, sql } from 'kysely';
import { fingerprint, type Keyring, personKeys, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { ibanStart, ibanTail } from '#src/proofs/iban.ts';
import { ibanVerifier, serialVerifier } from '#src/proofs/verifiers.ts';
import type { Insured, RegisterLine } from '#src/register/insured.ts';
import { identityKey } from '#src/register/pivot-search.ts';
import { insuredPlace } from '#src/register/store.ts';

/** A person of a batch, and whether the import adds or updates them. */
export interface JudgedRow {
  readonly personKey: Buffer;
  readonly change: 'added' | 'updated' | 'unchanged';
  readonly deceased: boolean;
}

interface Row extends JudgedRow {
  readonly keyVersion: number;
  readonly insured: Insured;
  readonly iban: Buffer | null;
  readonly serial: Buffer | null;
  readonly identity: Buffer;
  readonly fingerprint: Buffer;
}

/** Compares these persons (no NIR twice) with the register, in one query. */
export async function judgeBatch(
  db: Kysely<Database>,
  keyring: Keyring,
  lines: readonly RegisterLine[],
): Promise<readonly Row[]> {
  const candidates = lines.map((line) => personKeys(keyring, line.nir));
  const found = await db
    .selectFrom('insured')
    .select(['person_key', 'row_fingerprint'])
    .where('person_key', '=', sql<Buffer>`any(${candidates.flat()}::bytea[])`)
    .execute();
  const storedFingerprints = new Map(
    found.map((row) => [row.person_key.toString('hex'), row.row_fingerprint]),
  );
  return lines.map((line, index) => judged(keyring, line, candidates[index] ?? [], storedFingerprints));
}

/**
 * During a key rotation a person, and their account, may still have a person key of an older master key. It is kept, so
 * that an import never creates a second row for a person.
 *
 * The fingerprint is of all that is stored, under the current key: after a new key everybody is written once more, and
 * what only an import can renew (the verifiers of IBAN and card) moves to it.
 */
function judged(
  keyring: Keyring,
  { iban, card, ...rest }: RegisterLine,
  keys: readonly Buffer[],
  storedFingerprints: ReadonlyMap<string, Buffer | null>,
): Row {
  const at = keys.findIndex((key) => storedFingerprints.has(key.toString('hex')));
  const personKey = keys[Math.max(0, at)] ?? Buffer.alloc(0);
  const insured: Insured = {
    ...rest,
    ibanStart: iban === null ? null : ibanStart(iban),
    card: card === null ? null : { type: card.type, state: card.state, transfer: card.transfer },
  };
  const stored = {
    insured,
    iban: iban === null ? null : ibanVerifier(keyring, rest.nir, ibanTail(iban)),
    serial: card === null ? null : serialVerifier(keyring, rest.nir, card.serial),
    identity: identityKey(keyring, keyring.current, rest),
  };
  const rowFingerprint = fingerprint(
    keyring,
    'register-row',
    personKey,
    JSON.stringify(insured),
    stored.iban ?? '',
    stored.serial ?? '',
    stored.identity,
  );
  const before = storedFingerprints.get(personKey.toString('hex'));
  return {
    ...stored,
    personKey,
    keyVersion: keyring.versions[Math.max(0, at)] ?? keyring.current,
    fingerprint: rowFingerprint,
    deceased: rest.deceased,
    change: at < 0 ? 'added' : before?.equals(rowFingerprint) ? 'unchanged' : 'updated',
  };
}

/** Inserts or updates, in one statement, people who are new or changed; other rows are not touched. */
export async function writeBatch(
  db: Kysely<Database>,
  keyring: Keyring,
  rows: readonly Row[],
  batch: { readonly id: string; readonly now: Date },
): Promise<void> {
  const changed = rows.filter(({ change }) => change !== 'unchanged');
  if (changed.length === 0) return;
  await sql`
    insert into insured
      (person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, row_fingerprint, proof_version,
        batch, updated_at)
    select person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, row_fingerprint,
      ${keyring.current}::integer,
      ${batch.id}::uuid, ${batch.now}::timestamptz
    from unnest(
      ${changed.map((row) => row.personKey)}::bytea[], ${changed.map((row) => row.keyVersion)}::integer[],
      ${changed.map((row) => seal(keyring, insuredPlace(row.personKey), row.insured))}::bytea[],
      ${changed.map((row) => row.iban)}::bytea[], ${changed.map((row) => row.serial)}::bytea[],
      ${changed.map((row) => row.identity)}::bytea[], ${changed.map((row) => row.fingerprint)}::bytea[]
    ) as line(person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, row_fingerprint)
    on conflict (person_key) do update set
      sealed = excluded.sealed, iban_verifier = excluded.iban_verifier,
      serial_verifier = excluded.serial_verifier, identity_key = excluded.identity_key,
      row_fingerprint = excluded.row_fingerprint, proof_version = excluded.proof_version, batch = excluded.batch, updated_at = excluded.updated_at
  `.execute(db);
}
