import { consentsChanged } from '#src/account/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { type ConsentAnswer, latestConsents, storingConsents } from '#src/accounts/consents.ts';
import { holdingActive } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { atOnce } from '#src/database/at-once.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * Adds the answers that differ from the latest ones; earlier answers are kept. False, with nothing stored, when the account
 * is no longer as it was read.
 *
 * The account is locked first: one statement would not see the answers of a form that it waited for.
 */
export async function changeConsents(
  { db }: Pick<Services, 'db'>,
  account: Account,
  answers: readonly ConsentAnswer[],
  language: Language,
  now: Date,
): Promise<boolean> {
  const { personKey } = account;
  const done = await allOrNothing(db, async (trx) => {
    const held = await trx.executeQuery(holdingActive(trx, account).compile());
    if (held.rows.length === 0) return null;
    const latest = await latestConsents(trx, personKey);
    const changed = answers.filter(({ purpose, answer }) => latest.get(purpose) !== answer);
    if (changed.length === 0) return true;
    const details = Object.fromEntries(changed.map(({ purpose, answer }) => [purpose, answer]));
    const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
    return atOnce(trx, [
      ...storingConsents(trx, personKey, changed, language, now),
      recording(trx, consentsChanged, event),
    ]);
  });
  return done === true;
}
