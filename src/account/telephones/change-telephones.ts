import { telephonesChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { storingTelephones, type Telephones } from '#src/accounts/change-contact.ts';
import { findLiveAccount } from '#src/accounts/find-account.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';

/**
 * Stores both numbers (E.164, null for none) and notifies the person by mail. Does nothing when neither changes, or when
 * the same form, sent twice, has stored them meanwhile. False, with nothing stored, when the account is no longer as it was
 * read.
 */
export async function changeTelephones(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  account: Account,
  { portable, fixe }: Telephones,
  now: Date,
): Promise<boolean> {
  const { db, keyring, jobs } = services;
  const { personKey, contact } = account;
  const isSo = ({ contact: now }: Account) => now.portable === portable && now.fixe === fixe;
  if (isSo(account)) return true;
  const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
  const notice = changeNotice(services, account, 'telephone-changed', contact.email, now);
  const isStored = await atOnce(db, [
    required(storingTelephones(db, keyring, account, { portable, fixe })),
    ...(await queueingNotices(db, jobs, [notice])),
    recording(db, telephonesChanged, event),
  ]);
  if (isStored) return true;
  const present = await findLiveAccount(db, keyring, personKey, now);
  return present?.status === 'active' && isSo(present);
}
