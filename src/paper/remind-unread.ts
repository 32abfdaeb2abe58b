import type { KeptDocument } from '#src/archive/document.ts';
import { findUnread, remindingDocument } from '#src/archive/on-paper.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
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
 * it is looked at once; paper goes all the same. Returns how many mails were queued.
 */
export async function remindUnread(needs: Needs, now: Date): Promise<number> {
  const { db, keyring, policy } = needs;
  const before = instantInParis(parisDay(now).subtract({ days: policy.account.unread.reminderDays }));
  let reminded = 0;
  for (let seen = 0; seen < mostDocuments; ) {
    const documents = await findUnread(db, keyring, { before, notReminded: true }, documentsAtOnce);
    const recipients = await recipientsOf(needs, documents, now);
    const changed = await eachPerson(documents, async (theirs) => {
      const outcome = await remindPerson(needs, theirs, recipients, now);
      if (outcome === 'reminded') reminded += 1;
      return outcome !== null;
    });
    if (documents.length < documentsAtOnce || !changed) return reminded;
    seen += documents.length;
  }
  return reminded;
}

/** Whether anything changed. */
async function eachPerson(
  documents: readonly KeptDocument[],
  change: (theirs: readonly KeptDocument[]) => Promise<boolean>,
): Promise<boolean> {
  const byPerson = Map.groupBy(documents, ({ personKey }) => personKey.toString('hex'));
  let changed = false;
  for (const theirs of byPerson.values()) changed = (await change(theirs)) || changed;
  return changed;
}

/**
 * Reminds of what the person may see; the rest, about another adult, is neither counted nor dated. Null when one of the
 * documents was read or went on paper meanwhile: the next run looks again.
 */
async function remindPerson(
  needs: Needs,
  all: readonly KeptDocument[],
  recipients: ReadonlyMap<string, Recipient>,
  now: Date,
): Promise<'reminded' | 'nobody' | null> {
  const { db, jobs, policy, channels } = needs;
  const marks = all.map((document) => required(remindingDocument(db, document, now)));
  const documents = all.filter(({ id }) => isTheirs(recipients.get(id)));
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
    ...marks,
    ...(await queueingNotices(db, jobs, [notice])),
    ...documents.map(({ id: document }) =>
      also(recording(db, documentReminded, { ...event, details: { document, notice: notice.id } })),
    ),
  ]);
  return isReminded ? 'reminded' : null;
}

function isTheirs(recipient: Recipient | undefined): boolean {
  return (
    recipient !== undefined &&
    !(recipient.letter.kind === 'held' && recipient.letter.because === 'other-adult')
  );
}
