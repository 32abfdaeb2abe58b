import { sql } from 'kysely';
import { type Account, contactPlace } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { seal } from '#src/crypto/keyring.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Telephones } from '#src/page-parts/contact/form.ts';
import type { Services } from '#src/services.ts';

/** Stores both numbers (E.164, null for none) and tells the person by mail. Nothing happens when both are the same. */
export async function changeTelephones(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { personKey }: Pick<Account, 'personKey'>,
  { portable, fixe }: Telephones,
  at: Date,
): Promise<void> {
  const { db, keyring, jobs } = services;
  await db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (!account) return;
    const { contact } = account;
    if (contact.portable === portable && contact.fixe === fixe) return;
    await trx
      .updateTable('account')
      .set({ contact: seal(keyring, contactPlace(personKey), { ...contact, portable, fixe }) })
      .where('person_key', '=', personKey)
      .execute();
    await sql`insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'telephones-changed')}`.execute(
      trx,
    );
    const { email } = contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'telephone-changed', email, at));
  });
}
