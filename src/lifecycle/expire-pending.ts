import type { Kysely } from 'kysely';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { releaseExpired } from '#src/accounts/email-claim.ts';
import { findExpired, findExpiredBefore, lockExpired, markExpired } from '#src/accounts/expire-account.ts';
import { record } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { eachPerson } from '#src/lifecycle/each-person.ts';
import { pendingExpired } from '#src/lifecycle/events.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

const clearedAfterDays = 30;

/**
 * The end of the last day of accounts that nobody confirmed: they count for nothing from that instant on, in every
 * query. Here their address is freed, the sessions that wait end, and the audit trail says so, once. Answers how many.
 *
 * The rows stay until `clearExpired`, so that their link can say that the time is over and whom to call.
 */
export function expirePending(db: Kysely<Database>, now: Date): Promise<number> {
  return eachPerson(
    db,
    (atMost) => findExpired(db, atMost, now),
    async (trx, personKey) => {
      const emailKey = await markExpired(trx, personKey, now);
      if (!emailKey) return false;
      await releaseExpired(trx, personKey, emailKey, now);
      await endSessionsOf(trx, personKey, { only: 'waiting' });
      await record(trx, pendingExpired, { person: personKey, actor: { kind: 'system' }, at: now });
      return true;
    },
  );
}

/** Deletes expired accounts 30 days after they were made, with all that was answered for them. Answers how many. */
export function clearExpired(db: Kysely<Database>, now: Date): Promise<number> {
  const createdBefore = new Date(now.getTime() - clearedAfterDays * 86_400_000);
  return eachPerson(
    db,
    (atMost) => findExpiredBefore(db, createdBefore, atMost, now),
    async (trx, personKey) => {
      if (!(await lockExpired(trx, personKey, createdBefore, now))) return false;
      await deleteAccount(trx, personKey);
      await endSessionsOf(trx, personKey);
      return true;
    },
  );
}
