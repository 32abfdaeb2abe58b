import { consentsChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { type ConsentAnswer, latestConsents, storingConsents } from '#src/accounts/consents.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce } from '#src/database/at-once.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** Adds the answers that differ from the latest ones; earlier answers are kept. */
export async function changeConsents(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { personKey }: Pick<Account, 'personKey'>,
  answers: readonly ConsentAnswer[],
  language: Language,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await lockAccount(trx, keyring, personKey, now))) return;
    const latest = await latestConsents(trx, personKey);
    const changed = answers.filter(({ purpose, answer }) => latest.get(purpose) !== answer);
    if (changed.length === 0) return;
    const details = Object.fromEntries(changed.map(({ purpose, answer }) => [purpose, answer]));
    const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
    await atOnce(trx, [
      ...storingConsents(trx, personKey, changed, language, now),
      recording(trx, consentsChanged, event),
    ]);
  });
}
