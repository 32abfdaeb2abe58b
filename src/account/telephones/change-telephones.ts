import { telephonesChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { storingTelephones, type Telephones } from '#src/accounts/change-contact.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';

/** Stores both numbers (E.164, null for none) and notifies the person by mail. Does nothing when neither changes. */
export async function changeTelephones(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { personKey }: Pick<Account, 'personKey'>,
  { portable, fixe }: Telephones,
  now: Date,
): Promise<void> {
  const { db, keyring, jobs } = services;
  await db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account) return;
    const { contact } = account;
    if (contact.portable === portable && contact.fixe === fixe) return;
    const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
    const notice = changeNotice(services, account, 'telephone-changed', contact.email, now);
    await atOnce(trx, [
      also(storingTelephones(trx, keyring, account, { portable, fixe })),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, telephonesChanged, event),
    ]);
  });
}
