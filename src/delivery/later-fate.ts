import type { Kysely } from 'kysely';
import { record } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { noticeBounced } from '#src/delivery/events.ts';
import {
  findNoticeKey,
  type LaterFate,
  noteLaterFate,
  type ReportedNotice,
} from '#src/notices/after-hand-over.ts';
import type { NoticeKey } from '#src/notices/notice.ts';

/**
 * `known`: it was reported before, or the notice can no longer have that fate; `unknown`: no such notice.
 * `compte notices bounce` prints it.
 */
export type Recorded = 'recorded' | 'known' | 'unknown';

/**
 * Records what became of a notice after its hand-over, once, with the audit event of a bounce. The first final fate
 * stands, whatever is reported after it and however often. `onRecorded` gets the notice after the commit.
 */
export async function recordLaterFate(
  db: Kysely<Database>,
  id: string,
  fate: LaterFate,
  now: Date,
  onRecorded: (notice: ReportedNotice) => void = () => {},
): Promise<Recorded> {
  const key = await findNoticeKey(db, id);
  if (!key) return 'unknown';
  const notice =
    fate.kind === 'bounced' ? await noteBounce(db, key, fate, now) : await noteLaterFate(db, key, fate, now);
  if (notice) onRecorded(notice);
  return notice ? 'recorded' : 'known';
}

/** A bounce, with its audit event. */
function noteBounce(
  db: Kysely<Database>,
  key: NoticeKey,
  fate: Extract<LaterFate, { kind: 'bounced' }>,
  now: Date,
): Promise<ReportedNotice | null> {
  return db.transaction().execute(async (trx) => {
    const bounced = await noteLaterFate(trx, key, fate, now);
    if (!bounced) return null;
    const { kind, channel } = bounced;
    await record(trx, noticeBounced, {
      person: key.personKey,
      actor: { kind: 'system' },
      at: now,
      details: { notice: key.id, kind, channel, reason: fate.reason },
    });
    return bounced;
  });
}
