import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { NoticeKind } from '#src/notices/notice.ts';
import { purgeSignposts } from '#src/signposts/signpost.ts';

/** Kinds whose message contains a link or a code that is worth stealing. */
const withSecret: readonly NoticeKind[] = [
  'activation',
  'address-taken',
  'activation-reminder',
  'password-reset',
  'new-address',
  'provisional-code',
  'provisional-code-sms',
  'provisional-code-letter',
];

/**
 * Erases the content of mails and SMS after they are settled: 24 hours later if it has a link or a code, otherwise 7
 * days. The row stays for a year (`purgeNotices`), as evidence that the message was sent. Letters, which may have to be
 * printed again, have their own times (`purgeLetterContents`). Returns how many were erased.
 */
export async function purgeNoticeContents(db: Kysely<Database>, now: Date): Promise<number> {
  const [aDayAgo, aWeekAgo] = [24, 168].map((hours) => new Date(now.getTime() - hours * 3_600_000));
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set({ content: null })
    .where('content', 'is not', null)
    .where('channel', '!=', 'letter')
    .where('state', 'in', ['handed-over', 'refused', 'bounced', 'withheld'])
    .where(sql<boolean>`coalesce(settled_at, handed_over_at, created_at)
      < case when kind = any(${withSecret}) then ${aDayAgo}::timestamptz else ${aWeekAgo}::timestamptz end`)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

const rowDays = 365;
/** No policy counts the mails to a mailbox for longer. */
const countedDays = 31;

/** Deletes settled notices without content a year after their creation, and what led to them. Returns how many. */
export async function purgeNotices(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('notice')
    .where('content', 'is', null)
    .where('state', 'in', ['handed-over', 'refused', 'bounced', 'withheld'])
    .where('created_at', '<', new Date(now.getTime() - rowDays * 86_400_000))
    .executeTakeFirst();
  const countedSince = new Date(now.getTime() - countedDays * 86_400_000);
  await db.deleteFrom('mailbox_mail').where('created_at', '<', countedSince).execute();
  await purgeSignposts(db, now);
  return Number(numDeletedRows);
}
