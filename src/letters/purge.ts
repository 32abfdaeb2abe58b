import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Erases what letters said: 24 hours after the printer acknowledged them or they were withheld, and 15 days after the
 * hand-over in any case; what no export took within 90 days is not printed any more. Letters and batches themselves are forgotten after a year. Answers how many were erased.
 */
export async function purgeLetters(db: Kysely<Database>, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update notice n set content = null
    where n.channel = 'letter' and n.content is not null and (
      (n.state in ('withheld', 'refused', 'bounced') and coalesce(n.settled_at, n.created_at) < ${hoursBefore(now, 24)})
      or (n.state = 'queued' and n.created_at < ${hoursBefore(now, 90 * 24)} and not exists (
        select from letter l where l.person_key = n.person_key and l.id = n.id
      ))
      or (n.state = 'handed-over' and n.handed_over_at < ${hoursBefore(now, 15 * 24)})
      or (n.state = 'handed-over' and exists (
        select from letter l
        where l.person_key = n.person_key and l.id = n.id and l.acknowledged_at < ${hoursBefore(now, 24)}
      ))
    )`.execute(db);
  const year = hoursBefore(now, 365 * 24);
  await db.deleteFrom('letter').where('requested_at', '<', year).execute();
  await sql`
    delete from letter_batch b
    where b.created_at < ${year} and b.number < (select max(number) from letter_batch)
      and not exists (select from letter l where l.batch_id = b.id)`.execute(db);
  return Number(numAffectedRows ?? 0);
}

function hoursBefore(instant: Date, hours: number): Date {
  return new Date(instant.getTime() - hours * 3_600_000);
}
