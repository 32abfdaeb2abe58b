import { holdingActive } from '#src/accounts/lock-account.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { type Cursor, findUnread } from '#src/archive/due-for-paper.ts';
import { remindingDocuments } from '#src/archive/on-paper.ts';
import { recordingAll } from '#src/audit/record.ts';
import { atOnce, required, requiredSelect } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { documentReminded } from '#src/paper/events.ts';
import { type Recipient, recipientsOf } from '#src/paper/recipients.ts';
import type { Services } from '#src/services.ts';
import { endOfDayAfter, instantInParis, parisDay } from '#src/time/paris.ts';

const documentsAtOnce = 200;
const mostDocuments = 5_000;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>;

/**
 * Reminds people by mail, once for each document, of what matters and has been unread for `account.unread.reminderDays`:
 * one mail for all such documents of a person, in one statement. Where no mail can remind, that is recorded as well, so that
 * it is looked at once; paper goes all the same. What goes on paper in this very run is not reminded of: after an outage, or when
 * the policy was shortened, a mail would name a day that is over. Returns how many mails were queued.
 *
 * What goes wrong for one person keeps nobody else from being reminded.
 */
export async function remindUnread(needs: Needs, now: Date): Promise<number> {
  const { db, keyring, policy } = needs;
  const before = instantInParis(parisDay(now).subtract({ days: policy.account.unread.reminderDays }));
  let reminded = 0;
  const errors: unknown[] = [];
  let after: Cursor | null = null;
  for (let seen = 0; seen < mostDocuments; seen += documentsAtOnce) {
    const { found, unreadable, next } = await findUnread(db, keyring, 'not-reminded', {
      before,
      atMost: documentsAtOnce,
      after,
    });
    errors.push(...unreadable);
    const byPerson = Map.groupBy(
      found.map(({ document }) => document),
      ({ personKey }) => personKey.toString('hex'),
    );
    const together = await recipientsOf(
      needs,
      found.map(({ document }) => document),
      now,
    ).catch(() => null);
    for (const theirs of byPerson.values()) {
      try {
        const recipients = together ?? (await recipientsOf(needs, theirs, now));
        if ((await remindPerson(needs, theirs, recipients, now)) === 'reminded') reminded += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    if (!next) break;
    after = next;
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some people could not be reminded');
  return reminded;
}

/**
 * Reminds of what the person may see; the rest, about another adult, is neither counted nor dated. Null when all of the
 * documents were read or went on paper meanwhile, or when the account is no longer as it was read.
 */
async function remindPerson(
  needs: Needs,
  all: readonly KeptDocument[],
  recipients: ReadonlyMap<string, Recipient>,
  now: Date,
): Promise<'reminded' | 'nobody' | null> {
  const { db, jobs, policy, channels } = needs;
  const marks = [required(remindingDocuments(db, all, now))];
  const goesNow = (document: KeptDocument): boolean =>
    channels.letters &&
    document.held === null &&
    recipients.get(document.id)?.letter.kind === 'envelope' &&
    endOfDayAfter(document.depositedAt, policy.account.unread.paperDays) < now;
  const documents = all.filter(
    (document) => recipients.get(document.id)?.toAnotherAdult === false && !goesNow(document),
  );
  const oldest = documents.toSorted((a, b) => a.depositedAt.getTime() - b.depositedAt.getTime())[0];
  const recipient = oldest && recipients.get(oldest.id);
  if (!oldest || !recipient?.account || recipient.correspondence.frequency === 'never')
    return (await atOnce(db, marks)) ? 'nobody' : null;
  const {
    account,
    correspondence: { phrase },
    letter,
  } = recipient;
  const goes = channels.letters && letter.kind === 'envelope';
  const paperAfter = endOfDayAfter(oldest.depositedAt, policy.account.unread.paperDays);
  const content = {
    address: account.contact.email,
    phrase: phrase ?? '',
    documents: documents.length,
    depositedAt: oldest.depositedAt.toISOString(),
    paperAfter: goes ? paperAfter.toISOString() : '',
  };
  const notice = ownerNotice(needs, account, 'document-unread', content, now);
  const event = { person: account.personKey, actor: { kind: 'system' }, at: now } as const;
  const isReminded = await atOnce(db, [
    requiredSelect(holdingActive(db, account)),
    ...marks,
    ...(await queueingNotices(db, jobs, [notice])),
    recordingAll(
      db,
      documentReminded,
      documents.map(({ id: document }) => ({ ...event, details: { document, notice: notice.id } })),
    ),
  ]);
  return isReminded ? 'reminded' : null;
}
