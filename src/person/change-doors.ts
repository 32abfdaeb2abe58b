import type { Kysely } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { markDisabled, markEnabled, type OpenStatus } from '#src/accounts/change-status.ts';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { accountDisabled, accountEnabled } from '#src/person/events.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

/** `told`: the address that a mail tells; `refused`: there is no account whose doors are as they would have to be. */
export type ChangedDoors =
  | { readonly kind: 'changed'; readonly status: OpenStatus; readonly told: string }
  | {
      readonly kind: 'refused';
      readonly status: Account['status'] | 'none';
      /** Why the register closed it. */
      readonly closedFor: Account['closedFor'];
    };

/**
 * Closes the doors of an account, for as long as an operator wants: sessions end at once, and nobody signs in by any means.
 * Who tries is answered as if there were no such account; the address of the account is told. Nothing is deleted, and what
 * is deposited meanwhile goes on paper where it matters.
 */
export function disableAccount(
  needs: Needs,
  { personKey }: FoundPerson,
  order: Order,
  now: Date,
): Promise<ChangedDoors> {
  return change(needs, personKey, order, async (trx, account) => {
    const was = await markDisabled(trx, personKey, now);
    if (!was) return null;
    await endSessionsOf(trx, personKey);
    const { agent: actor, reason } = order;
    await queueNotice(trx, needs.jobs, noticeOf(needs, account, 'account-disabled', now));
    await record(trx, accountDisabled, { person: personKey, actor, at: now, details: { reason, was } });
    return was;
  });
}

/** Opens the doors that an operator has closed: the account is what it was before, with the same password. */
export function enableAccount(
  needs: Needs,
  { personKey }: FoundPerson,
  order: Order,
  now: Date,
): Promise<ChangedDoors> {
  return change(needs, personKey, order, async (trx, account) => {
    const is = await markEnabled(trx, personKey, now);
    if (!is) return null;
    const { agent: actor, reason } = order;
    await queueNotice(trx, needs.jobs, noticeOf(needs, account, 'account-enabled', now));
    await record(trx, accountEnabled, { person: personKey, actor, at: now, details: { reason, is } });
    return is;
  });
}

function change(
  { db, keyring }: Needs,
  personKey: Buffer,
  { isRehearsal }: Order,
  run: (trx: Kysely<Database>, account: Account) => Promise<OpenStatus | null>,
): Promise<ChangedDoors> {
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const standing = await lockStanding(trx, keyring, personKey);
    if (!standing) return { kind: 'refused', status: 'none', closedFor: null };
    const { account } = standing;
    const status = await run(trx, account);
    if (status) return { kind: 'changed', status, told: account.contact.email };
    return { kind: 'refused', status: account.status, closedFor: account.closedFor };
  });
}

function noticeOf(needs: Needs, account: Account, kind: 'account-disabled' | 'account-enabled', now: Date) {
  return ownerNotice(needs, account, kind, { address: account.contact.email }, now);
}
