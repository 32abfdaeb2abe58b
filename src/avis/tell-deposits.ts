import type { Kysely } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { depositsTold } from '#src/avis/events.ts';
import { dueAvis, takingAvis } from '#src/correspondence/avis.ts';
import { findCorrespondence } from '#src/correspondence/correspondence.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { ownMember, shownRanks } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

const peopleAtOnce = 200;
/** People of one run: those who chose the same hour are told within some runs of a minute. */
const mostPeople = 10_000;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

/**
 * Tells people by one mail each what was deposited for them (avis de dépôt), the longest waiting first; each in a
 * transaction of its own. Returns how many were told.
 *
 * What was counted and the mail are committed together: two nodes tell once, and a deposit that comes meanwhile is told
 * with the rest, by the next run. Somebody who cannot be told keeps nobody else waiting; the run then fails at its end.
 */
export async function tellDeposits(needs: Needs, now: Date): Promise<number> {
  let told = 0;
  const errors: unknown[] = [];
  for (let seen = 0; seen < mostPeople; seen += peopleAtOnce) {
    const due = await dueAvis(needs.db, now, peopleAtOnce + errors.length);
    let taken = 0;
    errors.length = 0;
    for (const one of due) {
      try {
        const outcome = await tellPerson(needs, one, now);
        if (outcome !== null) taken += 1;
        if (outcome === 'told') told += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    if (due.length < peopleAtOnce || taken === 0) break;
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some people could not be told of deposits');
  return told;
}

type Due = Awaited<ReturnType<typeof dueAvis>>[number];

/** `dropped`: their account is no longer open, no mail is to tell them, or they may see nothing of it any more; null: it was taken or added to meanwhile. */
function tellPerson(
  needs: Needs,
  { personKey, members }: Due,
  now: Date,
): Promise<'told' | 'dropped' | null> {
  const { keyring, jobs } = needs;
  return allOrNothing(needs.db, async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    const { frequency, phrase } = await findCorrespondence(trx, keyring, personKey);
    const taking = takingAvis(trx, personKey, members);
    const deposits = account ? await countShown(trx, keyring, account, members, now) : 0;
    if (account?.status !== 'active' || frequency === 'never' || deposits === 0)
      return (await atOnce(trx, [required(taking)])) ? 'dropped' : null;
    const content = { address: account.contact.email, deposits, phrase: phrase ?? '' };
    const notice = ownerNotice(needs, account, 'new-deposits', content, now);
    const event = { person: personKey, actor: { kind: 'system' }, at: now } as const;
    const isTold = await atOnce(trx, [
      required(taking),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, depositsTold, { ...event, details: { notice: notice.id, deposits } }),
    ]);
    return isTold ? 'told' : null;
  });
}

/** How many of these deposits are about somebody whom the insured may still see: a child may have come of age, or left. */
async function countShown(
  db: Kysely<Database>,
  keyring: Keyring,
  { contact }: Account,
  members: readonly number[],
  now: Date,
): Promise<number> {
  if (members.every((member) => member === ownMember)) return members.length;
  const ranks = shownRanks(await findRights(db, keyring, personKeys(keyring, contact.nir)), parisDate(now));
  return members.filter((member) => ranks.has(member)).length;
}
