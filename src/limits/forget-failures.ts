import { type Compilable, type Kysely, sql } from 'kysely';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import type { Attempt } from '#src/limits/attempt.ts';

/** Takes back the failures about the same `other` from counters that are not asked now. */
export function forgiving(db: Kysely<Database>, attempts: readonly Attempt[]): readonly Write[] {
  return attempts.map(({ rule, subject, other }) => {
    const kept = sql`
      update attempt set
        failures = array(select f from unnest(failures, others) with ordinality as kept (f, o, n)
          where o is distinct from ${other}::bytea order by n),
        others = array(select o from unnest(others) with ordinality as kept (o, n)
          where o is distinct from ${other}::bytea order by n)
      where kind = ${rule.kind} and subject = ${subject}::bytea and ${other}::bytea = any(others)`;
    return also({ compile: () => kept.compile(db) });
  });
}

/** Ends a person’s row of consecutive failures to sign in; the failures themselves stay in their windows. */
export function endingConsecutiveSignInFailures(db: Kysely<Database>, subject: Buffer): Compilable {
  const kind = 'sign-in';
  return db
    .updateTable('attempt')
    .set({ consecutive: 0 })
    .where('kind', '=', kind)
    .where('subject', '=', subject);
}

/**
 * Ends the suspension of a person’s sign-in, wherever they are, under each of their keys. The counter of a person from
 * one client begins with the person’s key.
 */
export function forgettingSignInFailures(
  db: Kysely<Database>,
  personKeys: readonly Buffer[],
): readonly Write[] {
  return personKeys.map((key) => {
    const end = Buffer.concat([key, Buffer.alloc(33, 255)]);
    const forgotten = sql`delete from attempt where kind = 'sign-in' and subject = ${key}
      or kind = 'sign-in-pair' and subject >= ${key} and subject < ${end}`;
    return also({ compile: () => forgotten.compile(db) });
  });
}
