import { findLiveAccount } from '#src/accounts/find-account.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import {
  findHeld,
  findUnjudged,
  findUnread,
  findUnreadOf,
  judgingDocument,
  type OnPaperFor,
  releasingDocument,
  unletteringDocument,
} from '#src/archive/on-paper.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { type FailedNotice, findUnfollowed, followingUp } from '#src/notices/follow-up.ts';
import { putOnPaper } from '#src/paper/put-on-paper.ts';
import { type Recipient, recipientsOf } from '#src/paper/recipients.ts';
import type { Services } from '#src/services.ts';
import { instantInParis, parisDay } from '#src/time/paris.ts';

const documentsAtOnce = 200;
/** Of one run and one reason: what is left waits for the next run. */
const mostDocuments = 5_000;
const heldAgainMs = 86_400_000;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>;

export interface SentPaper {
  readonly lettered: number;
  readonly held: number;
}

/**
 * Sends on paper, each document once and in a statement of its own, what must not get lost: everything that was deposited
 * for people who chose paper; and of what matters, that of people without an open account, what nobody opened in
 * `account.unread.paperDays`, and what a mail could not tell of. What was held for want of an address is tried again each
 * day. Without letters, nothing goes.
 */
export async function sendPaper(needs: Needs, now: Date): Promise<SentPaper> {
  const { db, keyring, channels, policy } = needs;
  let sent: SentPaper = { lettered: 0, held: 0 };
  if (!channels.letters) return sent;
  const add = (outcome: Outcome) => {
    sent = {
      lettered: sent.lettered + (outcome === 'lettered' ? 1 : 0),
      held: sent.held + (outcome === 'held' ? 1 : 0),
    };
  };
  await inBatches(
    () => findUnjudged(db, keyring, documentsAtOnce),
    async (documents) => {
      const recipients = await recipientsOf(needs, documents, now);
      for (const document of documents)
        add(await judgeAtOnce(needs, document, recipients.get(document.id), now));
    },
  );
  for (const failed of await findUnfollowed(db, documentsAtOnce))
    for (const outcome of await followUp(needs, failed, now)) add(outcome);
  const before = instantInParis(parisDay(now).subtract({ days: policy.account.unread.paperDays }));
  await inBatches(
    () => findUnread(db, keyring, { before }, documentsAtOnce),
    async (documents) => {
      for (const outcome of await putAll(needs, documents, 'unread', now)) add(outcome);
    },
  );
  const lastTried = new Date(now.getTime() - heldAgainMs);
  const held = await findHeld(db, keyring, lastTried, documentsAtOnce);
  const documents = held.map(({ document }) => document);
  const recipients = await recipientsOf(needs, documents, now);
  for (const { document, why } of held) {
    if (document.openedAt && (why === 'unread' || why === 'bounced')) {
      await atOnce(db, [also(releasingDocument(db, document))]);
      continue;
    }
    const recipient = recipients.get(document.id);
    const outcome = recipient && (await putOnPaper(needs, document, recipient, why, now, { again: true }));
    add(outcome === 'lettered' ? outcome : null);
  }
  return sent;
}

type Outcome = Awaited<ReturnType<typeof putOnPaper>>;

/** Repeats until nothing is found; what could not be changed is left for the next run. */
async function inBatches(
  find: () => Promise<readonly KeptDocument[]>,
  change: (documents: readonly KeptDocument[]) => Promise<void>,
): Promise<void> {
  for (let seen = 0, last = ''; seen < mostDocuments; ) {
    const found = await find();
    const first = found[0]?.id ?? '';
    if (found.length === 0 || first === last) return;
    await change(found);
    if (found.length < documentsAtOnce) return;
    seen += found.length;
    last = first;
  }
}

async function putAll(
  needs: Needs,
  documents: readonly KeptDocument[],
  why: OnPaperFor,
  now: Date,
): Promise<readonly Outcome[]> {
  const recipients = await recipientsOf(needs, documents, now);
  const outcomes: Outcome[] = [];
  for (const document of documents) {
    const recipient = recipients.get(document.id);
    if (recipient) outcomes.push(await putOnPaper(needs, document, recipient, why, now));
  }
  return outcomes;
}

/** Whether a new document goes on paper at once: because of a choice, or for want of an account. */
async function judgeAtOnce(
  needs: Needs,
  document: KeptDocument,
  recipient: Recipient | undefined,
  now: Date,
): Promise<Outcome> {
  const { db } = needs;
  const why = recipient ? whyAtOnce(document, recipient) : null;
  if (recipient && why) return putOnPaper(needs, document, recipient, why, now);
  await atOnce(db, [also(judgingDocument(db, document, now))]);
  return null;
}

function whyAtOnce(
  { matters, depositedAt, openedAt }: KeptDocument,
  { account, correspondence: { paperSince }, letter }: Recipient,
): OnPaperFor | null {
  // What is no business of the person and can wait for nobody needs no alarm.
  if (!matters && letter.kind === 'held' && letter.because === 'other-adult') return null;
  if (account && paperSince && paperSince <= depositedAt) return 'choice';
  return !account && matters && !openedAt ? 'no-account' : null;
}

/**
 * What matters of what a mail could not tell of goes on paper; a letter that did not arrive is to go again, to another
 * address. A notice is done with after its documents, so that a process that is killed in between changes nothing.
 */
async function followUp(needs: Needs, failed: FailedNotice, now: Date): Promise<readonly Outcome[]> {
  const { db, keyring } = needs;
  if (failed.channel === 'letter') {
    const because = failed.reason === 'deceased' ? 'deceased' : 'no-address';
    const { personKey, id: letterId } = failed;
    await atOnce(db, [
      required(followingUp(db, failed, now)),
      also(unletteringDocument(db, { personKey, letterId }, because, now)),
    ]);
    return [];
  }
  const account = await findLiveAccount(db, keyring, failed.personKey, now);
  const keys = account ? personKeys(keyring, account.contact.nir) : [];
  const documents = account ? await findUnreadOf(db, keyring, keys, failed.createdAt) : [];
  const outcomes = await putAll(needs, documents, 'bounced', now);
  await atOnce(db, [required(followingUp(db, failed, now))]);
  return outcomes;
}
