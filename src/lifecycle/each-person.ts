import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const atOnce = 200;
/** With more failures than this, something is wrong with all, and trying the rest would not help. */
const mostFailures = 1_000;

/** How many were changed, and what went wrong with others. */
export interface Changes {
  readonly changed: number;
  readonly errors: readonly unknown[];
}

/** Changes one after the other; one that fails keeps nobody else waiting. `change` returns false where nothing is left to do. */
export async function changeEach<T>(
  all: readonly T[],
  change: (one: T) => Promise<boolean>,
): Promise<Changes> {
  let changed = 0;
  const errors: unknown[] = [];
  for (const one of all) {
    try {
      if (await change(one)) changed += 1;
    } catch (error) {
      errors.push(error);
    }
  }
  return { changed, errors };
}

/** How many were changed, once all were tried; throws where something went wrong. */
export function changedOf({ changed, errors }: Changes): number {
  if (errors.length > 0) throw new AggregateError(errors, 'Some people could not be changed');
  return changed;
}

/**
 * Changes people one after the other, each in a transaction of its own: `find` reads the keys of a batch of people
 * still to be changed, `change` changes one, or returns false when there is nothing left to do. If it is interrupted,
 * the next run continues, as it does after `most` people. Returns how many people were changed.
 *
 * Somebody who cannot be changed, because a row cannot be read, keeps nobody else waiting: it throws when all others are
 * changed, and the next run tries again.
 */
export async function eachPerson(
  db: Kysely<Database>,
  find: (atMost: number) => Promise<readonly Buffer[]>,
  change: (trx: Kysely<Database>, personKey: Buffer) => Promise<boolean>,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let all: Changes = { changed: 0, errors: [] };
  for (;;) {
    const failed = all.errors.length;
    // Those who failed are found again.
    const people = await find(atOnce + failed);
    const { changed, errors } = await changeEach(people, (personKey) =>
      db.transaction().execute((trx) => change(trx, personKey)),
    );
    all = { changed: all.changed + changed, errors };
    const isStuck = changed === 0 && errors.length <= failed;
    const isOver = people.length < atOnce + failed || all.changed >= most || errors.length > mostFailures;
    if (isStuck || isOver) return changedOf(all);
  }
}
