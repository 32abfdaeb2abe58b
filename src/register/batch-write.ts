import { type Kysely, sql } from 'kysely';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { ibanStart, ibanTail } from '#src/register/iban.ts';
import type { Insured, RegisterLine } from '#src/register/insured.ts';
import { identityKey } from '#src/register/pivot-search.ts';
import { insuredPlace, personKeys } from '#src/register/store.ts';
import { ibanVerifier, serialVerifier } from '#src/register/verifiers.ts';

/** Adds or replaces these persons (no NIR twice) in one statement. */
export async function writeBatch(
  db: Kysely<Database>,
  keyring: Keyring,
  lines: readonly RegisterLine[],
  batch: { readonly id: string; readonly at: Date },
): Promise<void> {
  if (lines.length === 0) return;
  const known = await knownKeys(db, keyring, lines);
  const rows = lines.map((line) => {
    const keys = personKeys(keyring, line.nir);
    const at = Math.max(
      0,
      keys.findIndex((key) => known.has(key.toString('hex'))),
    );
    return insuredRow(keyring, line, keys[at] ?? Buffer.alloc(0), keyring.versions[at] ?? keyring.current);
  });
  await sql`
    insert into insured
      (person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, batch, updated_at)
    select person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, ${batch.id}::uuid, ${batch.at}::timestamptz
    from unnest(
      ${rows.map((row) => row.personKey)}::bytea[], ${rows.map((row) => row.version)}::integer[],
      ${rows.map((row) => row.sealed)}::bytea[], ${rows.map((row) => row.iban)}::bytea[],
      ${rows.map((row) => row.serial)}::bytea[], ${rows.map((row) => row.identity)}::bytea[]
    ) as line(person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key)
    on conflict (person_key) do update set
      sealed = excluded.sealed, iban_verifier = excluded.iban_verifier,
      serial_verifier = excluded.serial_verifier, identity_key = excluded.identity_key, batch = excluded.batch, updated_at = excluded.updated_at
  `.execute(db);
}

/**
 * While a key rotation is under way, a person may still be named by an older key, and their account with them:
 * that name is kept, so that an import never makes a second person. The keys found, in hexadecimal.
 */
async function knownKeys(
  db: Kysely<Database>,
  keyring: Keyring,
  lines: readonly RegisterLine[],
): Promise<ReadonlySet<string>> {
  if (keyring.versions.length === 1) return new Set();
  const candidates = lines.flatMap((line) => personKeys(keyring, line.nir));
  const found = await db
    .selectFrom('insured')
    .select('person_key')
    .where('person_key', '=', sql<Buffer>`any(${candidates}::bytea[])`)
    .execute();
  return new Set(found.map((row) => row.person_key.toString('hex')));
}

function insuredRow(keyring: Keyring, line: RegisterLine, personKey: Buffer, version: number) {
  const { iban, card, ...rest } = line;
  const insured: Insured = {
    ...rest,
    ibanStart: iban === null ? null : ibanStart(iban),
    card: card === null ? null : { type: card.type, state: card.state, transfer: card.transfer },
  };
  return {
    personKey,
    version,
    sealed: seal(keyring, insuredPlace(personKey), insured),
    iban: iban === null ? null : ibanVerifier(keyring, personKey, ibanTail(iban)),
    serial: card === null ? null : serialVerifier(keyring, personKey, card.serial),
    identity: identityKey(keyring, keyring.current, line),
  };
}
