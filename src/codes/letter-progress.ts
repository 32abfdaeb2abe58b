import type { InferResult, Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * The state of the letter with a person’s code. `stopped`: it will not be sent, because its address is unusable;
 * `returned`: the post returned it, and its code is no longer valid; `over`: its code has expired.
 */
export interface LetterProgress {
  readonly stage: 'requested' | 'printed' | 'posted' | 'returned' | 'stopped' | 'over';
  readonly requestedAt: Date;
  readonly printedAt: Date | null;
  readonly postedAt: Date | null;
  readonly returnedAt: Date | null;
  /** The last instant at which its code is valid. */
  readonly until: Date;
}

/** Provisional codes, the newest first, each with the state of its letter. */
export function codesWithLetters(db: Kysely<Database>) {
  return db
    .selectFrom('provisional_code as c')
    .leftJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'c.person_key').onRef('n.id', '=', 'c.notice_id'),
    )
    .leftJoin('letter as l', (join) =>
      join.onRef('l.person_key', '=', 'c.person_key').onRef('l.id', '=', 'c.notice_id'),
    )
    .select(['c.channel', 'c.created_at', 'c.dead_at', 'c.used_at', 'c.superseded_at'])
    .select(['c.id', 'c.tries', 'c.dossier_tries'])
    .select(['n.state as fate', 'n.channel as sent_by'])
    .select(['l.state', 'l.printed_at', 'l.posted_at', 'l.returned_at'])
    .orderBy('c.created_at', 'desc');
}

type CodeWithLetter = InferResult<ReturnType<typeof codesWithLetters>>[number];

/** The progress of the letter that a person requested last (`progressOf`). */
export async function letterProgress(
  db: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<LetterProgress | null> {
  const row = await codesWithLetters(db)
    .where('c.person_key', '=', personKey)
    .where('c.channel', '=', 'letter')
    .limit(1)
    .executeTakeFirst();
  return row ? progressOf(row, now) : null;
}

/**
 * The progress of a letter; null when its code was used or superseded. A letter requested by a person who already has
 * an account appears as `requested`, so that it does not reveal the account.
 */
export function progressOf(row: CodeWithLetter, now: Date): LetterProgress | null {
  if (row.used_at !== null) return null;
  const returned = row.state === 'returned';
  if (row.superseded_at !== null && !returned) return null;
  const stopped = row.sent_by === 'letter' && row.fate === 'withheld';
  const stage = returned
    ? 'returned'
    : row.dead_at <= now
      ? 'over'
      : stopped
        ? 'stopped'
        : (row.state ?? 'requested');
  return {
    stage,
    requestedAt: row.created_at,
    printedAt: row.printed_at,
    postedAt: row.posted_at,
    returnedAt: row.returned_at,
    until: row.dead_at,
  };
}
