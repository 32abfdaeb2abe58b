import { correspondenceChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { holdingActive } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { retimingAvis } from '#src/correspondence/avis.ts';
import {
  type Choice,
  type Correspondence,
  findCorrespondence,
  savingCorrespondence,
} from '#src/correspondence/correspondence.ts';
import { avisDueAt } from '#src/correspondence/due.ts';
import { also, atOnce, required, requiredSelect } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';

/**
 * Stores how the person wants to be written to, and notifies them by mail. What waits to be told is told when the new
 * choice says. Does nothing when nothing changes, or when the same form, sent twice, has stored it meanwhile. False, with
 * nothing stored, when the account or the choice is no longer as it was read.
 */
export async function changeCorrespondence(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  account: Account,
  current: Correspondence,
  chosen: Choice,
  now: Date,
): Promise<boolean> {
  const { db, keyring, jobs } = services;
  const { personKey, contact } = account;
  const { paper, frequency, phrase } = chosen;
  const isSo = (stored: Correspondence) =>
    stored.paper === paper && stored.frequency === frequency && stored.phrase === phrase;
  if (isSo(current)) return true;
  const { changedAt } = current;
  const notice = changeNotice(services, account, 'correspondence-changed', contact.email, now);
  const details = { paper, frequency, phrase: phraseChange(current.phrase, phrase) };
  const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
  const isStored = await atOnce(db, [
    requiredSelect(holdingActive(db, account)),
    required(savingCorrespondence(db, keyring, { personKey, changedAt }, chosen, now)),
    ...(frequency === 'never' || frequency === current.frequency
      ? []
      : [also(retimingAvis(db, personKey, avisDueAt(frequency, now)))]),
    ...(await queueingNotices(db, jobs, [notice])),
    recording(db, correspondenceChanged, event),
  ]);
  return isStored || isSo(await findCorrespondence(db, keyring, personKey));
}

function phraseChange(before: string | null, after: string | null): 'kept' | 'chosen' | 'removed' {
  if (before === after) return 'kept';
  return after === null ? 'removed' : 'chosen';
}
