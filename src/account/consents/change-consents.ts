import { consentsChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { type ConsentAnswer, latestConsents, storingConsents } from '#src/accounts/consents.ts';
import { holdingActive } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce, requiredSelect } from '#src/database/at-once.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * Adds the answers that differ from the latest ones; earlier answers are kept. False, with nothing stored, when the account
 * is no longer as it was read.
 */
export async function changeConsents(
  { db }: Pick<Services, 'db'>,
  account: Account,
  answers: readonly ConsentAnswer[],
  language: Language,
  now: Date,
): Promise<boolean> {
  const { personKey } = account;
  const latest = await latestConsents(db, personKey);
  const changed = answers.filter(({ purpose, answer }) => latest.get(purpose) !== answer);
  if (changed.length === 0) return true;
  const details = Object.fromEntries(changed.map(({ purpose, answer }) => [purpose, answer]));
  const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
  return atOnce(db, [
    requiredSelect(holdingActive(db, account)),
    ...storingConsents(db, personKey, changed, language, now),
    recording(db, consentsChanged, event),
  ]);
}
