import type { Kysely } from 'kysely';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { findUnused, findUnwarned, lockUnused, markWarned } from '#src/accounts/unused-account.ts';
import { record } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { eachPerson } from '#src/lifecycle/each-person.ts';
import { accountDeleted, unusedWarned } from '#src/lifecycle/events.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

const mostWarned = 200;
const dayMs = 86_400_000;

/**
 * Warns by mail, once, the owners of active accounts that will be deleted because nobody has signed in, the longest
 * unused first, some hundreds at most; each in a transaction of its own. Returns how many.
 */
export function warnUnused(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  now: Date,
): Promise<number> {
  const { db, keyring, jobs, policy } = services;
  const { unusedAccountDays, warningDays } = policy.retention;
  const latest = new Date(now.getTime() + warningDays * dayMs);
  const lastUsedBefore = daysBefore(latest, unusedAccountDays);
  return eachPerson(
    db,
    (atMost) => findUnwarned(db, lastUsedBefore, atMost),
    async (trx, personKey) => {
      const unused = await markWarned(trx, keyring, personKey, lastUsedBefore, now);
      if (!unused) return false;
      const { account, lastUsedAt } = unused;
      const end = lastUsedAt.getTime() + unusedAccountDays * dayMs;
      const until = new Date(Math.max(end, latest.getTime())).toISOString();
      const content = { address: account.contact.email, until };
      await queueNotice(trx, jobs, ownerNotice(services, account, 'account-unused', content, now));
      await record(trx, unusedWarned, { person: personKey, actor: { kind: 'system' }, at: now });
      return true;
    },
    mostWarned,
  );
}

/**
 * Deletes the active accounts that nobody has signed in to for `unusedAccountDays` and whose owner was warned at least
 * `warningDays` ago, and those that were closed or frozen `unusedAccountDays` ago, with everything that belongs to
 * them; each in a transaction of its own. The audit trail is kept. Returns how many.
 */
export function deleteUnused(
  db: Kysely<Database>,
  { unusedAccountDays, warningDays }: Policy['retention'],
  now: Date,
): Promise<number> {
  const since = {
    lastUsedBefore: daysBefore(now, unusedAccountDays),
    warnedBefore: daysBefore(now, warningDays),
  };
  return eachPerson(
    db,
    (atMost) => findUnused(db, since, atMost),
    async (trx, personKey) => {
      if (!(await lockUnused(trx, personKey, since))) return false;
      await deleteAccount(trx, personKey);
      await endSessionsOf(trx, personKey);
      await record(trx, accountDeleted, { person: personKey, actor: { kind: 'system' }, at: now });
      return true;
    },
  );
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * dayMs);
}
