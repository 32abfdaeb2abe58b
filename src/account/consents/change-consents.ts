import { type Kysely, sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { type ConsentAnswer, storeConsents } from '#src/accounts/consents.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** The latest answer to each purpose that was ever asked. */
export async function latestConsents(
  db: Kysely<Database>,
  personKey: Buffer,
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db
    .selectFrom('consent')
    .distinctOn('purpose')
    .select(['purpose', 'answer'])
    .where('person_key', '=', personKey)
    .orderBy('purpose')
    .orderBy('at', 'desc')
    .execute();
  return new Map(rows.map(({ purpose, answer }) => [purpose, answer]));
}

/** Appends the answers that differ from the latest ones: what was answered before stays. */
export async function changeConsents(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { personKey }: Pick<Account, 'personKey'>,
  given: readonly ConsentAnswer[],
  language: Language,
  at: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await lockAccount(trx, keyring, personKey, at))) return;
    const latest = await latestConsents(trx, personKey);
    const changed = given.filter(({ purpose, answer }) => latest.get(purpose) !== answer);
    if (changed.length === 0) return;
    await storeConsents(trx, personKey, changed, language, at);
    const details = Object.fromEntries(changed.map(({ purpose, answer }) => [purpose, answer]));
    await sql`
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'consents-changed', details)}`.execute(trx);
  });
}
