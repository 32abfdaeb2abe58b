import { type Compilable, type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { type NoticeKey, openNotice } from '#src/notices/notice.ts';

/** A mail that told of deposits, or a letter with documents, that did not arrive. */
export interface FailedNotice extends NoticeKey {
  readonly kind: string;
  readonly channel: NoticeTable['channel'];
  readonly createdAt: Date;
  readonly reason: string | null;
  /** False: it was given up because our own mail server was away, or refused us. */
  readonly isMailboxToBlame: boolean;
  /** How many deposits the mail told of; 1 where that is not known any more. */
  readonly deposits: number;
}

/** Those that nobody has followed up yet, the oldest first. */
export async function findUnfollowed(
  db: Kysely<Database>,
  keyring: Keyring,
  atMost: number,
): Promise<readonly FailedNotice[]> {
  // Word for word the condition of the index, whose values a parameter could not name.
  const rows = await db
    .selectFrom('notice')
    .select(['person_key', 'id', 'kind', 'channel', 'created_at', 'state', 'reason', 'content'])
    .where(
      sql<boolean>`kind in ('new-deposits', 'document-unread', 'document-letter')
        and state in ('refused', 'bounced', 'withheld') and followed_up_at is null`,
    )
    .orderBy('created_at')
    .limit(atMost)
    .execute();
  return rows.map(({ content, ...row }) => ({
    personKey: row.person_key,
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    createdAt: row.created_at,
    reason: row.reason,
    isMailboxToBlame: !(row.state === 'refused' && isOurs(row.reason)),
    deposits: row.kind === 'new-deposits' && content ? depositsIn(keyring, { ...row, content }) : 1,
  }));
}

/**
 * Whether a mail was given up for what the whole installation suffers from. What a server said about this mail (`smtp-…`), and
 * a mail that could not be written, are not.
 */
function isOurs(reason: string | null): boolean {
  return /^gave-up-(connection|timeout|tls|authentication|unknown|server-away|server-\d+)$/.test(
    reason ?? '',
  );
}

function depositsIn(keyring: Keyring, row: Parameters<typeof openNotice>[1]): number {
  try {
    const notice = openNotice(keyring, row);
    return notice.kind === 'new-deposits' ? notice.content.deposits : 1;
  } catch {
    return 1;
  }
}

/** Records that a notice which did not arrive was followed up; changes no row when it was before. */
export function followingUp(db: Kysely<Database>, { personKey, id }: NoticeKey, now: Date): Compilable {
  return db
    .updateTable('notice')
    .set({ followed_up_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('followed_up_at', 'is', null);
}
