import { type Kysely, sql } from 'kysely';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { clean } from '#src/texts/clean.ts';

/** Whose an envelope is: of the person, or of an adult insured with them, whose name then belongs to the address. */
interface Addressee {
  readonly toAnotherAdult?: boolean;
}

/**
 * Fingerprints of an envelope's address, under every key version, the current one first: without the name, unless it is that of
 * another adult, who may have left an address at which the person still lives.
 */
export function addressKeys(
  keyring: Keyring,
  envelope: string,
  { toAnotherAdult = false }: Addressee = {},
): readonly Buffer[] {
  const all = envelope.split('\n');
  const lines = toAnotherAdult ? all : all.slice(1);
  const address = lines.map((line) => clean(line).toUpperCase()).filter(Boolean);
  return keyring.versions.map((version) =>
    fingerprintWith(keyring, version, 'letter-address', address.join('\n')),
  );
}

/**
 * Whether the address of an envelope is one from which a letter to the person came back («NPAI»): no letter goes there
 * again, until the register has another address. `envelope`: as in the notice, the name first.
 */
export function isReturned(
  keyring: Keyring,
  returned: readonly Buffer[],
  envelope: string,
  addressee: Addressee = {},
): boolean {
  return addressKeys(keyring, envelope, addressee).some((key) =>
    returned.some((address) => address.equals(key)),
  );
}

/** The addresses from which letters to these people came back, by person key in hexadecimal. */
export async function returnedAddresses(
  db: Kysely<Database>,
  personKeys: readonly Buffer[],
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const rows = await db
    .selectFrom('letter')
    .select(['person_key', 'address_key'])
    .where(sql<boolean>`person_key = any(${personKeys}::bytea[])`)
    .where('state', '=', 'returned')
    .execute();
  const addresses = new Map<string, Buffer[]>();
  for (const row of rows) {
    const person = row.person_key.toString('hex');
    addresses.set(person, [...(addresses.get(person) ?? []), row.address_key]);
  }
  return addresses;
}
