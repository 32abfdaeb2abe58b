import { type Compilable, type Kysely, sql, type UpdateObject } from 'kysely';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { NoticeKey } from '#src/notices/notice.ts';
import { isWaiting } from '#src/notices/tries.ts';
import { followSignpost, puttingSignposts } from '#src/signposts/signpost.ts';

/** What a server or a gateway reports about a notice that it had accepted. */
export type LaterFate =
  | { readonly kind: 'delivered' | 'delayed' }
  | { readonly kind: 'bounced'; readonly reason: BounceReason };

/** A class, never the server's words: the enhanced status of a mail (`dsn-5.1.1`), or the state of an SMS. */
export type BounceReason = `dsn-${string}` | 'sms-failed' | 'sms-expired';

export type ReportedNotice = Pick<NoticeTable, 'id' | 'person_key' | 'kind' | 'channel'>;

/** Reports come within hours or days. */
const reportedDays = 60;

/**
 * Says whom a notice is about that a server takes or has taken: reports contain nothing but its id. Of an SMS it is said before:
 * its report may overtake the answer of the gateway.
 */
export function expectingReports(db: Kysely<Database>, { personKey, id }: NoticeKey, now: Date): Compilable {
  const until = new Date(now.getTime() + reportedDays * 86_400_000);
  return puttingSignposts(db, [{ kind: 'handed-over', name: id, personKey, until }]);
}

/** The key of a notice that reports are expected of, by its id alone, which is all that a report contains. */
export async function findNoticeKey(db: Kysely<Database>, id: string): Promise<NoticeKey | null> {
  const personKey = await followSignpost(db, 'handed-over', [id]);
  return personKey && { personKey, id };
}

/**
 * Records what became of a notice after its hand-over. Null when it was reported before, or when the notice can no
 * longer have that fate: the first final report stands.
 */
export async function noteLaterFate(
  db: Kysely<Database>,
  { personKey, id }: NoticeKey,
  fate: LaterFate,
  now: Date,
): Promise<ReportedNotice | null> {
  const changed = await db
    .updateTable('notice')
    .set(changeFor(fate, now))
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('state', '=', 'handed-over'), eb.and([eb('channel', '=', 'sms'), isWaiting])]))
    .where('delivered_at', 'is', null)
    .$if(fate.kind === 'delayed', (query) => query.where('delayed_at', 'is', null))
    .returning(['id', 'person_key', 'kind', 'channel'])
    .executeTakeFirst();
  return changed ?? null;
}

/** A report that comes first says too that the notice was handed over. */
function changeFor(fate: LaterFate, now: Date): UpdateObject<Database, 'notice'> {
  switch (fate.kind) {
    case 'bounced':
      return { state: 'bounced', reason: fate.reason, settled_at: now };
    case 'delivered':
      return {
        state: 'handed-over',
        reason: null,
        handed_over_at: sql`coalesce(handed_over_at, ${now})`,
        delivered_at: now,
        delayed_at: null,
      };
    case 'delayed':
      return { delayed_at: now };
  }
}
