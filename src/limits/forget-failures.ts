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

/** Counters of a person that make them wait after failures. Those that bound what others pay for, such as SMS, stay. */
const waits = [
  'identity',
  'proof',
  'code',
  'code-dossier',
  'sign-in',
  'sign-in-device',
  'password-reset-asked',
] as const;

/**
 * Ends every wait of a person after failures, in the caller’s transaction: under each of these subjects, which are the
 * person’s keys and those of their known browsers, and from whatever client. Returns how many counters there were.
 */
export async function endWaits(
  trx: Kysely<Database>,
  keys: readonly Buffer[],
  devices: readonly Buffer[],
): Promise<number> {
  let ended = 0;
  for (const subject of [...keys, ...devices]) {
    const { numAffectedRows } = await sql`
      delete from attempt where kind = any(${[...waits]}::text[]) and subject = ${subject}`.execute(trx);
    ended += Number(numAffectedRows ?? 0);
  }
  for (const key of keys) {
    const end = Buffer.concat([key, Buffer.alloc(33, 255)]);
    const { numAffectedRows } = await sql`
      delete from attempt where kind = 'sign-in-pair' and subject >= ${key} and subject < ${end}`.execute(
      trx,
    );
    ended += Number(numAffectedRows ?? 0);
  }
  return ended;
}
