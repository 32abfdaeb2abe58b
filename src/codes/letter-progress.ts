import type { InferResult, Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Where the letter with a person's code stands. `stopped`: it will not leave, its address does not serve; `returned`:
 * it came back, its code is dead; `over`: the days of its code are over.
 */
export interface LetterProgress {
  readonly stage: 'requested' | 'printed' | 'posted' | 'returned' | 'stopped' | 'over';
  readonly requestedAt: Date;
  readonly printedAt: Date | null;
  readonly postedAt: Date | null;
  readonly returnedAt: Date | null;
  /** The last instant at which its code works. */
  readonly until: Date;
}

/** Provisional codes, the newest first, each with what became of its letter. */
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
    .select(['n.state as fate', 'n.channel as sent_by'])
    .select(['l.state', 'l.printed_at', 'l.posted_at', 'l.returned_at'])
    .orderBy('c.created_at', 'desc');
}

type CodeWithLetter = InferResult<ReturnType<typeof codesWithLetters>>[number];

/** The letter that a person asked for last (`progressOf`). */
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
 * Where a letter stands; null when its code was used, or another code took its place. Asked for by somebody who has
 * an account already, it looks as if it were waiting: nothing is told by it.
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
