import type { Kysely } from 'kysely';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** How the address of an envelope is named, under every key version, the current one first: without the name. */
export function addressKeys(keyring: Keyring, envelope: string): readonly Buffer[] {
  const [, ...lines] = envelope.split('\n');
  const address = lines.map((line) => line.replace(/\s+/g, ' ').trim().toUpperCase()).filter(Boolean);
  return keyring.versions.map((version) =>
    fingerprintWith(keyring, version, 'letter-address', address.join('\n')),
  );
}

/**
 * Whether a letter to this address of the person came back («NPAI»): none goes there again, until the register knows
 * another address. `envelope`: as in the notice, the name first.
 */
export async function cameBackFrom(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  envelope: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('letter')
    .select('id')
    .where('person_key', '=', personKey)
    .where('state', '=', 'returned')
    .where('address_key', 'in', addressKeys(keyring, envelope))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
