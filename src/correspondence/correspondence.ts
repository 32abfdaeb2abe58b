import type { Compilable, Kysely } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { CorrespondenceTable } from '#src/database/deposit-tables.ts';
import type { Database } from '#src/database/tables.ts';

export type Frequency = CorrespondenceTable['frequency'];

/** How a person wants to be written to. */
export interface Correspondence {
  /** On paper too. */
  readonly paper: boolean;
  /** How often a mail tells what was deposited (avis de dépôt). */
  readonly frequency: Frequency;
  /** The words by which the person tells our mails from others («phrase repère»); null: none chosen. */
  readonly phrase: string | null;
}

/** What holds after the opening of an account, whose terms give up paper. */
export const usualCorrespondence: Correspondence = { paper: false, frequency: 'at-once', phrase: null };

function place(personKey: Buffer): Place {
  return { table: 'correspondence', column: 'sealed', row: [personKey] };
}

/** `personKey`: of the account. */
export async function findCorrespondence(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
): Promise<Correspondence> {
  const row = await db
    .selectFrom('correspondence')
    .select(['paper', 'frequency', 'sealed'])
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  if (!row) return usualCorrespondence;
  const { paper, frequency, sealed } = row;
  return {
    paper,
    frequency,
    phrase: sealed === null ? null : z.string().parse(unseal(keyring, place(personKey), sealed)),
  };
}

/** Stores the choice of a person who has an account. */
export function savingCorrespondence(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  { paper, frequency, phrase }: Correspondence,
  now: Date,
): Compilable {
  const sealed = phrase === null ? null : seal(keyring, place(personKey), phrase);
  const row = { paper, frequency, sealed, changed_at: now };
  return db
    .insertInto('correspondence')
    .values({ person_key: personKey, ...row })
    .onConflict((conflict) => conflict.column('person_key').doUpdateSet(row));
}
