import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { Attempt } from '#src/limits/attempt.ts';
import type { AttemptResult } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';

/** That a failure was the last before a suspension, or leaves one: `until`, when the try after that may be made. */
export interface FewTries {
  readonly left: 0 | 1;
  readonly until: Date;
}

/**
 * How few tries a failure leaves; null when it leaves more than one. Counts nothing: one query, the same for every
 * subject. A limit of a single failure says nothing beforehand: its first try is always the last.
 */
export async function fewTriesLeft(
  db: Kysely<Database>,
  { nextTryAt }: Pick<Extract<AttemptResult, { kind: 'counted' }>, 'nextTryAt'>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<FewTries | null> {
  const nearly = attempts.flatMap(({ rule, ...attempt }) => {
    const windows = rule.windows
      .filter(({ max }) => max > 1)
      .map(({ max, perSeconds }) => ({ max: max - 1, perSeconds }));
    return windows.length > 0 ? [{ ...attempt, rule: { ...rule, windows } }] : [];
  });
  const until = await suspendedUntil(db, nearly, now);
  if (nextTryAt) return { left: 0, until: nextTryAt };
  return until ? { left: 1, until } : null;
}
