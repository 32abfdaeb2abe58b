import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { eraseLetterContents, purgeLetterContents } from '#src/notices/letters.ts';

const atOnce = 1_000;

/**
 * Erases the content of letters: 24 hours after the printer acknowledged them or they were withheld, and 15 days after
 * the hand-over at the latest; letters that no export took within 90 days are no longer printed. The rows of letters and
 * batches are deleted after a year. Returns how many contents were erased.
 */
export async function purgeLetters(db: Kysely<Database>, now: Date): Promise<number> {
  let erased = await purgeLetterContents(db, now);
  for (;;) {
    const acknowledged = await acknowledgedBefore(db, hoursBefore(now, 24));
    if (acknowledged.length > 0) erased += await eraseLetterContents(db, acknowledged);
    if (acknowledged.length < atOnce) break;
  }
  const year = hoursBefore(now, 365 * 24);
  await db.deleteFrom('letter').where('requested_at', '<', year).execute();
  await purgeBatches(db, year);
  return erased;
}

/** Letters that the printer acknowledged before an instant and whose content is still stored. */
async function acknowledgedBefore(db: Kysely<Database>, before: Date) {
  const rows = await db
    .selectFrom('letter as l')
    .innerJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'l.person_key').onRef('n.id', '=', 'l.id'),
    )
    .select(['l.person_key', 'l.id'])
    .where('l.acknowledged_at', '<', before)
    .where('n.state', '=', 'handed-over')
    .where('n.content', 'is not', null)
    .limit(atOnce)
    .execute();
  return rows.map(({ person_key: personKey, id }) => ({ personKey, id }));
}

/** Deletes old batches, except the latest one, so that its number is never reused. */
async function purgeBatches(db: Kysely<Database>, before: Date): Promise<void> {
  const batches = await db
    .selectFrom('letter_batch')
    .select(['id', 'created_at'])
    .orderBy('number', 'desc')
    .offset(1)
    .execute();
  for (const { id } of batches.filter(({ created_at }) => created_at < before)) {
    const letter = await db
      .selectFrom('letter')
      .select('id')
      .where('batch_id', '=', id)
      .limit(1)
      .executeTakeFirst();
    if (!letter) await db.deleteFrom('letter_batch').where('id', '=', id).execute();
  }
}

function hoursBefore(instant: Date, hours: number): Date {
  return new Date(instant.getTime() - hours * 3_600_000);
}
