import { type Compilable, type Kysely, sql } from 'kysely';
import { type Keyring, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type KeptRights, keptRightsSchema, rightsPlace } from '#src/rights/rights.ts';

export interface StoredRights extends KeptRights {
  /** The code of who said so. */
  readonly sender: string;
  readonly depositedAt: Date;
}

/** The rights of a person, by their keys of all versions; null when nobody has deposited any. */
export async function findRights(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
): Promise<StoredRights | null> {
  const row = await db
    .selectFrom('rights')
    .select(['person_key', 'sealed', 'sender', 'deposited_at'])
    .where('person_key', 'in', keys)
    .orderBy('deposited_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const rights = keptRightsSchema.parse(unseal(keyring, rightsPlace(row.person_key), row.sealed));
  return { ...rights, sender: row.sender, depositedAt: row.deposited_at };
}

/** The rights of several people, by the hexadecimal form of the key that each is stored under. */
export async function findRightsOfMany(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
): Promise<ReadonlyMap<string, KeptRights>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('rights')
    .select(['person_key', 'sealed'])
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .execute();
  return new Map(
    rows.map(({ person_key: key, sealed }) => [
      key.toString('hex'),
      keptRightsSchema.parse(unseal(keyring, rightsPlace(key), sealed)),
    ]),
  );
}

/** Stores the rights of a person in the place of what was known. */
export function storingRights(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  rights: KeptRights,
  sender: string,
  now: Date,
): Compilable {
  const row = { sealed: seal(keyring, rightsPlace(personKey), rights), sender, deposited_at: now };
  return db
    .insertInto('rights')
    .values({ person_key: personKey, ...row })
    .onConflict((conflict) => conflict.column('person_key').doUpdateSet(row));
}
