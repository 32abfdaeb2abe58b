import { sql } from 'kysely';

/** One person; or several, whose rows one statement changes at the end of an import. */
export type Whose = Buffer | readonly Buffer[];

/** The condition that a row is theirs. */
export function isOf(whose: Whose) {
  return Buffer.isBuffer(whose)
    ? sql<boolean>`person_key = ${whose}`
    : sql<boolean>`person_key = any(${[...whose]}::bytea[])`;
}
