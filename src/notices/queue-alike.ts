import { type Insertable, type Kysely, sql } from 'kysely';
import { also, atOnce } from '#src/database/at-once.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';

/**
 * Like `queueNotice`, for a mail that may have no recipient: the same statements run and a job is queued either way, so
 * that the response time does not reveal whether it `leaves`. If not, no row is written and the job finds no notice.
 */
export async function queueNoticeAlike(
  trx: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  row: Insertable<NoticeTable>,
  { leaves }: { readonly leaves: boolean },
): Promise<void> {
  const notice = sql`
    insert into notice (person_key, id, kind, channel, language, content, recipient_key, by_owner, state, created_at)
    select ${row.person_key}::bytea, ${row.id}::uuid, ${row.kind}::text, ${row.channel}::text, ${row.language}::text,
      ${row.content}::bytea, ${row.recipient_key}::bytea, ${row.by_owner ?? false}::boolean, ${row.state}::text,
      ${row.created_at}::timestamptz
    where ${leaves}::boolean`;
  const counted = sql`
    insert into mailbox_mail (recipient_key, id, kind, created_at)
    select ${row.recipient_key}::bytea, ${row.id}::uuid, ${row.kind}::text, ${row.created_at}::timestamptz
    where ${leaves && !row.by_owner}::boolean`;
  await atOnce(
    trx,
    [notice, counted].map((insert) => also({ compile: () => insert.compile(trx) })),
  );
  await enqueueDeliveries(trx, jobs, [row]);
}
