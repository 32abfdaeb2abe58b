import { type Kysely, sql } from 'kysely';
import { type Frequency, usualFrequency } from '#src/correspondence/correspondence.ts';
import type { Database } from '#src/database/tables.ts';

/** Somebody who is told of deposits by mail: they have an active account, and did not unsubscribe. */
export interface Told {
  /** Of the account. */
  readonly personKey: Buffer;
  readonly frequency: Frequency;
}

/** Who of these people is told of deposits, and how often. `keys`: theirs, of all versions. */
export async function whoIsTold(db: Kysely<Database>, keys: readonly Buffer[]): Promise<readonly Told[]> {
  const rows = await db
    .selectFrom('account')
    .leftJoin('correspondence', 'correspondence.person_key', 'account.person_key')
    .select(['account.person_key', 'correspondence.frequency'])
    .where('account.person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('account.status', '=', 'active')
    .execute();
  return rows.flatMap(({ person_key: personKey, frequency }) =>
    frequency === 'never' ? [] : [{ personKey, frequency: frequency ?? usualFrequency }],
  );
}
