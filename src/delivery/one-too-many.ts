import { sql } from 'kysely';
import type { Delivering } from '#src/delivery/delivering.ts';
import { kindsCountedWith, type Notice } from '#src/notices/notice.ts';
import type { TriedNotice } from '#src/notices/tries.ts';

/**
 * Whether a notice is beyond the policy's limits: mails that an outsider can cause to one mailbox (`mailsPerAddress`),
 * all accounts together; all SMS of the installation (`smsBudget`).
 *
 * Only earlier notices count, whatever their outcome unless withheld, so that two at once never both take the last place.
 * A code was checked when it was requested, since it replaced an older one: a code by SMS is counted here with other
 * codes only, not with SMS of other kinds, and a code by mail not at all. Mails that the owner requested have no limit.
 */
export async function isOneTooMany(
  { db, policy }: Pick<Delivering, 'db' | 'policy'>,
  { kind }: Pick<Notice, 'kind'>,
  row: TriedNotice,
): Promise<boolean> {
  const kinds = kindsCountedWith(kind);
  const mailbox = row.channel === 'email' && kinds && !row.by_owner ? row.recipient_key : null;
  if (row.channel === 'email' && (mailbox === null || kind === 'provisional-code')) return false;
  const { max, perSeconds } = row.channel === 'sms' ? policy.limits.smsBudget : policy.limits.mailsPerAddress;
  const since = new Date(row.created_at.getTime() - perSeconds * 1000);
  const isEarlier = sql<boolean>`(created_at, id) < (${row.created_at}, ${row.id}::uuid)`;
  const sms = db
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('channel', '=', 'sms')
    .where('state', '!=', 'withheld')
    .$if(kind === 'provisional-code-sms', (query) => query.where('kind', '=', kind));
  const mails = db
    .selectFrom('mailbox_mail')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('recipient_key', '=', mailbox)
    .where('kind', 'in', kinds ?? []);
  const { count } =
    mailbox === null
      ? await sms.where('created_at', '>', since).where(isEarlier).executeTakeFirstOrThrow()
      : await mails.where('created_at', '>', since).where(isEarlier).executeTakeFirstOrThrow();
  return Number(count) >= max;
}
