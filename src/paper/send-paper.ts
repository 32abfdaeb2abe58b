import type { KeptDocument } from '#src/archive/document.ts';
import {
  type Cursor,
  type Found,
  type FoundDocuments,
  findHeld,
  findUnjudged,
  findUnread,
} from '#src/archive/due-for-paper.ts';
import { judgingDocument, type OnPaperFor, releasingDocument } from '#src/archive/on-paper.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { openEnvelopes } from '#src/paper/envelopes.ts';
import { followUpFailed } from '#src/paper/follow-up.ts';
import { putOnPaper } from '#src/paper/put-on-paper.ts';
import { type Recipient, recipientsOf } from '#src/paper/recipients.ts';
import type { Services } from '#src/services.ts';
import { instantInParis, parisDay } from '#src/time/paris.ts';

const documentsAtOnce = 200;
/** Of one run and one reason: what is left waits for the next run. */
const mostDocuments = 5_000;
const heldAgainMs = 86_400_000;

export type PaperNeeds = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>;

export interface SentPaper {
  readonly lettered: number;
  readonly held: number;
}

export type PutOnPaper = Awaited<ReturnType<typeof putOnPaper>>;

/** Why a document goes on paper now; null: it does not. */
type Judge = (document: KeptDocument, recipient: Recipient, why: OnPaperFor | null) => OnPaperFor | null;

/**
 * Sends on paper, each document once and in a statement of its own, what must not get lost: everything that was deposited
 * for people who chose paper; and of what matters, that of people without an open account, what concerns an adult insured with
 * the person, what nobody opened in `account.unread.paperDays`, and what a mail could not tell of. What was held for want of an
 * address is tried again each day. Without letters, nothing goes.
 *
 * What goes wrong for one document keeps no other from going; the run then fails at its end, with all that went wrong.
 */
export async function sendPaper(needs: PaperNeeds, now: Date): Promise<SentPaper> {
  const { db, keyring, channels, policy } = needs;
  let sent: SentPaper = { lettered: 0, held: 0 };
  if (!channels.letters) return sent;
  const errors: unknown[] = [];
  const envelopes = openEnvelopes(needs);
  const add = (outcome: PutOnPaper) => {
    sent = {
      lettered: sent.lettered + (outcome === 'lettered' ? 1 : 0),
      held: sent.held + (outcome === 'held' ? 1 : 0),
    };
  };
  const putAll = async (found: readonly Found[], judge: Judge): Promise<void> => {
    await envelopes.look(found.map(({ document }) => document.personKey));
    const recipients = await recipientsOf(
      needs,
      found.map(({ document }) => document),
      now,
    );
    for (const { document, why: before } of found) {
      const recipient = recipients.get(document.id);
      if (!recipient) continue;
      try {
        const why = judge(document, recipient, before);
        if (why) {
          const again = before !== null;
          const outcome = await putOnPaper(needs, envelopes, document, recipient, why, now, { again });
          add(again && outcome === 'held' ? null : outcome);
        } else if (before) await atOnce(db, [also(releasingDocument(db, document))]);
        else await atOnce(db, [also(judgingDocument(db, document, now))]);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  const putEach = async (found: readonly Found[], judge: Judge): Promise<void> => {
    try {
      await putAll(found, judge);
    } catch (error) {
      if (found.length <= 1) errors.push(error);
      else for (const one of found) await putEach([one], judge);
    }
  };
  const inBatches = async (find: (after: Cursor | null) => Promise<FoundDocuments>, judge: Judge) => {
    let after: Cursor | null = null;
    for (let seen = 0; seen < mostDocuments; seen += documentsAtOnce) {
      const { found, unreadable, next }: FoundDocuments = await find(after);
      errors.push(...unreadable);
      await putEach(found, judge);
      if (!next) return;
      after = next;
    }
  };
  await inBatches((after) => findUnjudged(db, keyring, documentsAtOnce, after), whyAtOnce);
  await followUpFailed(needs, now, errors, (documents) =>
    putEach(
      documents.map((document) => ({ document, why: null })),
      whyUntold,
    ),
  );
  const before = instantInParis(parisDay(now).subtract({ days: policy.account.unread.paperDays }));
  await inBatches(
    (after) => findUnread(db, keyring, 'not-held', { before, atMost: documentsAtOnce, after }),
    whyUnread,
  );
  const held = { before: new Date(now.getTime() - heldAgainMs), now };
  await inBatches((after) => findHeld(db, keyring, held, documentsAtOnce, after), whyStill);
  if (errors.length > 0) throw new AggregateError(errors, 'Some documents could not be put on paper');
  return sent;
}

/**
 * What goes on paper as soon as it comes: because of a choice, because the person has left the register, for want of an
 * account, or because it is not its holder’s.
 */
function whyAtOnce(
  { matters, depositedAt, openedAt }: KeptDocument,
  { account, correspondence: { paperSince }, toAnotherAdult }: Recipient,
): OnPaperFor | null {
  // What is no business of the person and can wait for nobody needs no alarm.
  if (toAnotherAdult) return matters && !openedAt ? 'another-adult' : null;
  if (account && paperSince && paperSince <= depositedAt) return 'choice';
  if (account?.leaving && account.leaving.since <= depositedAt) return 'left';
  return !account && matters && !openedAt ? 'no-account' : null;
}

function whyUnread(_document: KeptDocument, { account, toAnotherAdult }: Recipient): OnPaperFor {
  if (toAnotherAdult) return 'another-adult';
  return account ? 'unread' : 'no-account';
}

function whyUntold(_document: KeptDocument, { account, toAnotherAdult }: Recipient): OnPaperFor {
  if (toAnotherAdult) return 'another-adult';
  return account ? 'bounced' : 'no-account';
}

/** What was held goes for its first reason, unless its person read it meanwhile; but not to who must not see it any more. */
function whyStill(
  { openedAt }: KeptDocument,
  { toAnotherAdult }: Recipient,
  why: OnPaperFor | null,
): OnPaperFor | null {
  if (openedAt && why !== 'choice') return null;
  return toAnotherAdult ? 'another-adult' : why === 'another-adult' ? 'unread' : why;
}
