import { type Kysely, type RawBuilder, sql } from 'kysely';
import { requiredSelect, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { kindsCounted, type MailPart } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';

type Limits = Pick<Policy['limits'], 'mailsPerAddress'>;

/** A mailbox, and the group of mails that the next one counts with. */
export interface Mailbox {
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
  mailbox: Mailbox,
  { mailsPerAddress }: Limits,
  now: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ sent: Date | null }>`
    select ${earlierMail(mailbox, mailsPerAddress, now)} as sent`.execute(trx);
  const last = rows[0]?.sent;
  return last ? new Date(last.getTime() + mailsPerAddress.perSeconds * 1000) : null;
}

/** Requires that a mailbox can get such a mail now, at once with what sends it: the first of the writes. */
export function mailboxOpen(
  db: Kysely<Database>,
  mailbox: Mailbox,
  { mailsPerAddress }: Limits,
  now: Date,
): Write {
  const open = sql`select 1 where ${earlierMail(mailbox, mailsPerAddress, now)} is null`;
  return requiredSelect({ compile: () => open.compile(db) });
}

function earlierMail(
  { mailbox, part }: Mailbox,
  { max, perSeconds }: Limits['mailsPerAddress'],
  now: Date,
): RawBuilder<unknown> {
  const since = new Date(now.getTime() - perSeconds * 1000);
  return sql`earlier_mail(${mailbox}, ${kindsCounted(part)}::text[], ${since}, ${max})`;
}
