import type { Kysely } from 'kysely';
import { type Keyring, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { registerLine } from '#src/register/insured.ts';
import { insuredPlace } from '#src/register/store.ts';

const letterFields = registerLine
  .pick({
    nir: true,
    deceased: true,
    caisse: true,
    knownMobile: true,
    knownEmail: true,
    address: true,
    postalCode: true,
    givenNames: true,
    birthName: true,
    usageName: true,
  })
  .strip();

/** The register data that letters and their reminders need, by person key in hexadecimal, in one query. */
export async function insuredOf(db: Kysely<Database>, keyring: Keyring, personKeys: readonly Buffer[]) {
  if (personKeys.length === 0) return new Map<string, ReturnType<typeof letterFields.parse>>();
  const rows = await db
    .selectFrom('insured')
    .select(['person_key', 'sealed'])
    .where('person_key', 'in', personKeys)
    .execute();
  return new Map(
    rows.map(({ person_key, sealed }) => [
      person_key.toString('hex'),
      letterFields.parse(unseal(keyring, insuredPlace(person_key), sealed)),
    ]),
  );
}
