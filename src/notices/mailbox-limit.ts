import { type Kysely, sql } from 'kysely';
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
 * Until when a mailbox gets no more mails that an outsider can cause; null: it can get one now. Call it before an older
 * link or code is replaced, in the same transaction: a lock makes transactions for one mailbox take turns, so that the
 * replacement is certain to leave.
 */
export async function mailboxFullUntil(
  trx: Kysely<Database>,
  { mailbox, part }: Mailbox,
  limits: Limits,
  now: Date,
): Promise<Date | null> {
  const { max, perSeconds } = limits.mailsPerAddress;
  const since = new Date(now.getTime() - perSeconds * 1000);
  const { rows } = await sql<{ sent: Date | null }>`
    select earlier_mail(${mailbox}, ${kindsCounted(part)}::text[], ${since}, ${max}) as sent`.execute(trx);
  const last = rows[0]?.sent;
  return last ? new Date(last.getTime() + perSeconds * 1000) : null;
}
