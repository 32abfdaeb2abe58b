import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { kindsCounted, type MailPart } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';

type Limits = Pick<Policy['limits'], 'mailsPerAddress'>;

/** A mailbox, and with which mails the next one counts. */
interface Mailbox {
  readonly mailbox: Buffer;
  readonly part: MailPart;
}

/**
 * As a part of a statement: the mails that count for one mailbox within so many seconds of an instant, all accounts
 * together. Those that its owner asked for do not, nor those that never left.
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
 * Until when no other mail that an outsider can cause goes to a mailbox; null: one can. To be asked before an older link
 * or code is replaced, in the transaction that does so: those who write to one mailbox take turns until its end, so
 * that what is replaced is replaced by something that leaves.
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
