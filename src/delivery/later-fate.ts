import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';

/** What a server or a gateway tells of a notice that it had taken. */
export type LaterFate =
  | { readonly fate: 'delivered' | 'delayed' }
  /** `reason` is a class: `dsn-5.1.1`, `sms-failed` …, never the server's words. */
  | { readonly fate: 'bounced'; readonly reason: string };

/** `known`: it was told before, or a notice cannot have that fate (any more). Nothing changed. */
export type Recorded = 'recorded' | 'known' | 'unknown';

type ToldNotice = Pick<NoticeTable, 'id' | 'person_key' | 'kind' | 'channel'>;

/**
 * Writes down what became of a notice after its hand-over, once, with the audit event of a bounce. The first final
 * fate stands, whatever is told after it and however often. `onRecorded` is told of the notice once that is stored.
 */
export async function recordLaterFate(
  db: Kysely<Database>,
  id: string,
  told: LaterFate,
  at: Date,
  onRecorded: (notice: ToldNotice) => void = () => {},
): Promise<Recorded> {
  let notice: ToldNotice | undefined;
  const recorded = await db.transaction().execute(async (trx): Promise<Recorded> => {
    const changed = await trx
      .updateTable('notice')
      .set(
        told.fate === 'bounced'
          ? { state: 'bounced', reason: told.reason, settled_at: at }
          : told.fate === 'delivered'
            ? { delivered_at: at, delayed_at: null }
            : { delayed_at: at },
      )
      .where('id', '=', id)
      .where('state', '=', 'handed-over')
      .where('delivered_at', 'is', null)
      .$if(told.fate === 'delayed', (query) => query.where('delayed_at', 'is', null))
      .returning(['id', 'person_key', 'kind', 'channel'])
      .executeTakeFirst();
    if (!changed) {
      const known = await trx.selectFrom('notice').select('id').where('id', '=', id).executeTakeFirst();
      return known ? 'known' : 'unknown';
    }
    notice = changed;
    if (told.fate === 'bounced') {
      const { person_key, kind, channel } = changed;
      const details = { kind, channel, reason: told.reason };
      await sql`insert into audit_event (${auditColumns}) select ${auditValues(person_key, at, 'notice-bounced', details)}`.execute(
        trx,
      );
    }
    return 'recorded';
  });
  if (notice) onRecorded(notice);
  return recorded;
}
