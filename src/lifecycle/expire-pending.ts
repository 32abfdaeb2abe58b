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
 * Records, once for each, that pending accounts have expired: every query treats them as absent from that instant. The
 * claim of their address is deleted, their waiting sessions end, and the audit trail notes it. Returns how many.
 *
 * The rows are kept until `clearExpired`, so that the page of their link can say that it has expired and whom to call.
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

/** Deletes expired accounts 30 days after their creation, with everything that belongs to them. Returns how many. */
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
