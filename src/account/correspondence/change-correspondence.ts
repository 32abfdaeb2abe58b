import { correspondenceChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { retimingAvis } from '#src/correspondence/avis.ts';
import { type Choice, findCorrespondence, savingCorrespondence } from '#src/correspondence/correspondence.ts';
import { avisDueAt } from '#src/correspondence/due.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';

/**
 * Stores how the person wants to be written to, and notifies them by mail. What waits to be told is told when the new
 * choice says. Does nothing when nothing changes.
 */
export async function changeCorrespondence(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { personKey }: Pick<Account, 'personKey'>,
  chosen: Choice,
  now: Date,
): Promise<void> {
  const { db, keyring, jobs } = services;
  await db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account) return;
    const current = await findCorrespondence(trx, keyring, personKey);
    const { paper, frequency, phrase } = chosen;
    if (current.paper === paper && current.frequency === frequency && current.phrase === phrase) return;
    const notice = changeNotice(services, account, 'correspondence-changed', account.contact.email, now);
    const details = { paper, frequency, phrase: phraseChange(current.phrase, phrase) };
    const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
    await atOnce(trx, [
      also(savingCorrespondence(trx, keyring, personKey, chosen, now)),
      ...(frequency === 'never' || frequency === current.frequency
        ? []
        : [also(retimingAvis(trx, personKey, avisDueAt(frequency, now)))]),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, correspondenceChanged, event),
    ]);
  });
}

function phraseChange(before: string | null, after: string | null): 'kept' | 'chosen' | 'removed' {
  if (before === after) return 'kept';
  return after === null ? 'removed' : 'chosen';
}
