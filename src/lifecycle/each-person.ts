import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const atOnce = 200;

/**
 * Changes people one after the other, each in a transaction of its own: `find` reads the keys of a batch of people
 * still to be changed, `change` changes one, or returns false when there is nothing left to do. If it is interrupted,
 * the next run continues, as it does after `most` people. Returns how many people were changed.
 */
export async function eachPerson(
  db: Kysely<Database>,
  find: (atMost: number) => Promise<readonly Buffer[]>,
  change: (trx: Kysely<Database>, personKey: Buffer) => Promise<boolean>,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let changed = 0;
  for (;;) {
    const before = changed;
    const people = await find(atOnce);
    for (const personKey of people)
      if (await db.transaction().execute((trx) => change(trx, personKey))) changed += 1;
    if (people.length < atOnce || changed === before || changed >= most) return changed;
  }
}
