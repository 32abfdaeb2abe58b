import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { depositsUntold } from '#src/avis/events.ts';
import { droppingAvis } from '#src/correspondence/avis.ts';
import { findCorrespondence, stoppingAvis } from '#src/correspondence/correspondence.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { findNoticeKey } from '#src/notices/after-hand-over.ts';
import { withholdingAvis } from '#src/notices/withhold.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'db' | 'keyring'>;

/** Whether the person whom a mail told of deposits is still told by mail; null when that mail is not known any more. */
export async function isStillTold({ db, keyring }: Needs, noticeId: string): Promise<boolean | null> {
  const key = await findNoticeKey(db, noticeId);
  return key && (await findCorrespondence(db, keyring, key.personKey)).frequency !== 'never';
}

/**
 * Ends the mails that tell a person of deposits, by the link of one of them: from now on everything goes on paper, so that
 * nothing gets lost (ADR 0038). Repeating it changes nothing. False when that mail is not known any more.
 */
export async function stopAvis({ db, keyring }: Needs, noticeId: string, now: Date): Promise<boolean> {
  const key = await findNoticeKey(db, noticeId);
  if (!key) return false;
  const { personKey } = key;
  await db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account || (await findCorrespondence(trx, keyring, personKey)).frequency === 'never') return;
    const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
    await atOnce(trx, [
      also(stoppingAvis(trx, personKey, now)),
      also(droppingAvis(trx, personKey)),
      also(withholdingAvis(trx, personKey, now)),
      recording(trx, depositsUntold, { ...event, details: { notice: noticeId } }),
    ]);
  });
  return true;
}
