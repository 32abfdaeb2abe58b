import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { kindsCounted, type MailPart } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';

type Limits = Pick<Policy['limits'], 'mailsPerAddress'>;

/** A mailbox, and the group of mails that the next one counts with. */
interface Mailbox {
  readonly mailbox: Buffer;
  readonly part: MailPart;
}

/**
 * Part of a statement: the mails that count for one mailbox within the policy's window, all accounts together. Mails that
 * its owner requested do not count, nor those that were withheld.
 */
function countedMails(
  { mailbox, part }: Mailbox,
  { mailsPerAddress }: Limits,
  now: Date,
): RawBuilder<unknown> {
  const since = new Date(now.getTime() - mailsPerAddress.perSeconds * 1000);
  return sql`select created_at as sent from notice
    where recipient_key = ${mailbox} and state <> 'withheld' and not by_owner
      and kind = any(${kindsCounted(part)}::text[]) and created_at > ${since}`;
}

/**
 * Until when a mailbox gets no more mails that an outsider can cause; null: it can get one now. Call it before an older
 * link or code is replaced, in the same transaction: a lock makes transactions for one mailbox take turns, so that the
 * replacement is certain to leave.
 */
export async function mailboxFullUntil(
  trx: Kysely<Database>,
  of: Mailbox,
  limits: Limits,
  now: Date,
): Promise<Date | null> {
  const { max, perSeconds } = limits.mailsPerAddress;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${of.mailbox.toString('hex')}`}, 0))`.execute(
    trx,
  );
  const { rows } = await sql<{ sent: Date }>`
    ${countedMails(of, limits, now)} order by created_at desc limit 1 offset ${max - 1}`.execute(trx);
  const [last] = rows;
  return last ? new Date(last.sent.getTime() + perSeconds * 1000) : null;
}
