import { knownChannels } from '#src/codes/rules.ts';
import { holdCodeOf } from '#src/codes/store.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { findUnusedLetters, markReminded, type UnusedLetter } from '#src/letters/reminders.ts';
import { changedOf, changeEach } from '#src/lifecycle/each-person.ts';
import { noticeLanguage, queueNotice } from '#src/notices/notice.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import type { Services } from '#src/services.ts';

const atOnce = 200;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs' | 'channels'>;

/**
 * Sends reminders to people whose letter was posted `codes.letter.reminderDays` ago and whose code is not used yet, by
 * the mobile number or else the e-mail address in the register. Each letter is handled once, even without such a
 * channel, in a transaction of its own. Returns how many reminders were queued. One that cannot be read keeps no other
 * waiting.
 */
export async function remindUnusedLetters(needs: Needs, now: Date): Promise<number> {
  const { db, keyring, policy, jobs } = needs;
  const postedBefore = new Date(now.getTime() - policy.codes.letter.reminderDays * 86_400_000);
  const letters = await findUnusedLetters(db, postedBefore, atOnce, now);
  const keys = letters.map(({ personKey }) => personKey);
  // Read for all of them at once, and one by one only where a row cannot be read.
  const together = await insuredOf(db, keyring, keys).catch(() => null);
  const reminded = await changeEach(letters, async (letter) => {
    const people = together ?? (await insuredOf(db, keyring, [letter.personKey]));
    const insured = people.get(letter.personKey.toString('hex'));
    const notice = insured && reminderOf(needs, insured, letter, now);
    return db.transaction().execute(async (trx) => {
      if (!(await markReminded(trx, letter, now)) || !notice) return false;
      // It may have been used, or its person may have died, since it was read.
      if (!(await holdCodeOf(trx, letter, now))) return false;
      await queueNotice(trx, jobs, notice);
      return true;
    });
  });
  return changedOf(reminded);
}

/** The reminder of a letter; null when no channel is known. */
function reminderOf(
  { keyring, random, channels }: Needs,
  insured: Parameters<typeof knownChannels>[0],
  { personKey, language, until }: UnusedLetter,
  now: Date,
) {
  const candidates = knownChannels(insured, { sms: channels.sms, letters: false });
  const to = candidates.find((candidate) => candidate.channel !== 'letter');
  if (!to) return null;
  const common = { keyring, personKey, id: random.uuid(), language: noticeLanguage(language), now };
  return noticeTo(common, to, 'letter-unused', { until: until.toISOString() });
}
