import type { Compilable, Kysely } from 'kysely';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import type { Language } from '#src/texts/language.ts';

export interface ConsentAnswer {
  readonly id: string;
  readonly purpose: string;
  readonly answer: boolean;
  readonly version: string;
  /** The exact text that the person read. */
  readonly text: string;
}

/** Adds answers to consents; earlier answers are kept. */
export function storingConsents(
  db: Kysely<Database>,
  personKey: Buffer,
  consents: readonly ConsentAnswer[],
  language: Language,
  now: Date,
): readonly Write[] {
  if (consents.length === 0) return [];
  const rows = consents.map((consent) => ({ person_key: personKey, ...consent, language, at: now }));
  return [also(db.insertInto('consent').values(rows))];
}

/** A person’s latest answer to each purpose that they were ever asked about. */
export async function latestConsents(
  db: Kysely<Database>,
  personKey: Buffer,
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db
    .selectFrom('consent')
    .distinctOn('purpose')
    .select(['purpose', 'answer'])
    .where('person_key', '=', personKey)
    .orderBy('purpose')
    .orderBy('at', 'desc')
    .execute();
  return new Map(rows.map(({ purpose, answer }) => [purpose, answer]));
}

export interface AcceptedTerms {
  readonly version: string;
  /** SHA-256 of the text that the person read, in hexadecimal. */
  readonly textHash: string;
  readonly language: string;
  readonly at: string;
}

/** Stores which terms of use a person accepted, and when. */
export function storingTermsAcceptance(
  db: Kysely<Database>,
  personKey: Buffer,
  id: string,
  { version, textHash, language, at }: AcceptedTerms,
): Compilable {
  return db.insertInto('terms_acceptance').values({
    person_key: personKey,
    id,
    version,
    text_hash: Buffer.from(textHash, 'hex'),
    language,
    at: new Date(at),
  });
}
