import { findLiveAccount } from '#src/accounts/find-account.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { findUnreadOf } from '#src/archive/due-for-paper.ts';
import { remindingAgain, unletteringDocument } from '#src/archive/on-paper.ts';
import { announcingDeposits } from '#src/correspondence/avis.ts';
import { avisDueAt } from '#src/correspondence/due.ts';
import { whoIsTold } from '#src/correspondence/who-is-told.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { type FailedNotice, findUnfollowed, followingUp } from '#src/notices/follow-up.ts';
import { ownMember } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';

const noticesAtOnce = 200;
const mostNotices = 5_000;
/** Long ago, so that the same run looks at the document again. */
const atOnceAgain = new Date(0);

type Needs = Pick<Services, 'db' | 'keyring'>;

/**
 * Sees to the documents of mails and letters that did not arrive: once each, and a notice is done with after its documents, so
 * that a process that is killed in between changes nothing. `putOnPaper` sends on paper what a mailbox did not take.
 */
export async function followUpFailed(
  { db, keyring }: Needs,
  now: Date,
  errors: unknown[],
  putOnPaper: (documents: readonly KeptDocument[]) => Promise<void>,
): Promise<void> {
  for (let seen = 0; seen < mostNotices; seen += noticesAtOnce) {
    const notices = await findUnfollowed(db, keyring, noticesAtOnce);
    const failures = errors.length;
    for (const failed of notices) {
      try {
        if (failed.channel === 'letter') await followLetter({ db, keyring }, failed, now);
        else if (failed.isMailboxToBlame) await followMail({ db, keyring }, failed, now, putOnPaper);
        else await tellAgain({ db, keyring }, failed, now);
      } catch (error) {
        errors.push(error);
      }
    }
    if (notices.length < noticesAtOnce || errors.length > failures) return;
  }
}

/** A letter that did not arrive is to go again, to another address; one that nobody printed, to the same. */
async function followLetter({ db }: Needs, failed: FailedNotice, now: Date): Promise<void> {
  const { personKey, id: letterId, reason } = failed;
  const because = reason === 'deceased' ? 'deceased' : 'no-address';
  const judgedAt = reason === 'no-content' ? atOnceAgain : now;
  await atOnce(db, [
    required(followingUp(db, failed, now)),
    also(unletteringDocument(db, { personKey, letterId }, because, judgedAt)),
  ]);
}

/** What matters of what a mailbox did not take goes on paper. */
async function followMail(
  { db, keyring }: Needs,
  failed: FailedNotice,
  now: Date,
  putOnPaper: (documents: readonly KeptDocument[]) => Promise<void>,
): Promise<void> {
  const account = await findLiveAccount(db, keyring, failed.personKey, now);
  const keys = account ? personKeys(keyring, account.contact.nir) : [];
  const documents = account ? await findUnreadOf(db, keyring, keys, failed.createdAt) : [];
  if (documents.length > 0) await putOnPaper(documents);
  await atOnce(db, [required(followingUp(db, failed, now))]);
}

/**
 * Our mail server was away for so long that a mail was given up: that says nothing about the mailbox. It is told again, and
 * what matters goes on paper when its days are over.
 */
async function tellAgain({ db, keyring }: Needs, failed: FailedNotice, now: Date): Promise<void> {
  const account = await findLiveAccount(db, keyring, failed.personKey, now);
  const keys = account ? personKeys(keyring, account.contact.nir) : [];
  const [told] = account ? await whoIsTold(db, keys) : [];
  await atOnce(db, [
    required(followingUp(db, failed, now)),
    ...(failed.kind === 'document-unread' && keys.length > 0
      ? [also(remindingAgain(db, keys, failed.createdAt))]
      : []),
    ...(failed.kind === 'new-deposits' && told
      ? [
          also(
            announcingDeposits(db, [
              {
                personKey: told.personKey,
                dueAt: avisDueAt(told.frequency, now),
                members: Array.from({ length: failed.deposits }, () => ownMember),
              },
            ]),
          ),
        ]
      : []),
  ]);
}
