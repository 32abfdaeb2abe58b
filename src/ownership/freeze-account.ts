import type { Kysely } from 'kysely';
import { markFrozen } from '#src/accounts/change-status.ts';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import { type LiveAccount, lockAccount } from '#src/accounts/lock-account.ts';
import { forgettingOpened } from '#src/archive/on-paper.ts';
import type { Actor } from '#src/audit/actor.ts';
import { record } from '#src/audit/record.ts';
import { supersedeCodes } from '#src/codes/store.ts';
import { confirmationPurposes, supersedeConfirmations } from '#src/confirmations/store.ts';
import { forgetDevices } from '#src/credentials/known-devices.ts';
import { disablePassword } from '#src/credentials/password.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossiers } from '#src/dossiers/dossier.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import { withholdWaiting } from '#src/notices/withhold.ts';
import { independentChannel } from '#src/ownership/creation-notice.ts';
import { accountFrozen } from '#src/ownership/events.ts';
import type { FoundDispute } from '#src/ownership/find-dispute.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'channels'>;

/** An agent who acts on a disputed account, and why; nothing is written when it is only rehearsed. */
export interface AgentOrder {
  readonly agent: Actor & { readonly kind: 'agent' };
  readonly reason: string;
  readonly isRehearsal: boolean;
}

/** Why an account is frozen, for the audit: the notice to which somebody answered «ce n’est pas moi», or an agent. */
export type FreezeReason = Pick<FoundDispute, 'channel' | 'noticeKind' | 'noticeAt'> | AgentOrder;

/**
 * Freezes an account in one transaction, after its owner disputed it or at an agent’s request. Nothing that its current
 * holder has gives access to it any more: password, sessions, known browsers, links and codes of mails, provisional codes,
 * the FranceConnect link, open dossiers. Notices still queued for its address are withheld, and that address gets none
 * about the freeze. What matters and was opened in it counts as unread, so that it goes on paper: who opened it may not be its
 * person. The person is notified by a channel that the register knows, and the audit trail records the reason.
 *
 * False, and nothing changed, when the account is not open (any more), or was created after the notice.
 */
export async function freezeAccount(
  { db, keyring, random, jobs, channels }: Needs,
  personKey: Buffer,
  why: FreezeReason,
  now: Date,
): Promise<boolean> {
  const order = 'agent' in why ? why : null;
  return changeOrRehearse(db, order?.isRehearsal ?? false, async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account || ('noticeAt' in why && account.createdAt > why.noticeAt)) return false;
    await markFrozen(trx, personKey, now);
    const keys = personKeys(keyring, account.contact.nir);
    await trx.executeQuery(forgettingOpened(trx, keys, account.createdAt).compile());
    await revokeEverything(trx, personKey, now);
    await record(trx, accountFrozen, {
      person: personKey,
      actor: order?.agent ?? { kind: 'person' },
      at: now,
      details: frozenBy(why, account.status),
    });
    const found = await findInsured(trx, keyring, account.contact.nir);
    const to = independentChannel(channels, found?.insured ?? null, account.contact.email);
    if (to) {
      const common = { keyring, personKey, id: random.uuid(), language: account.language, now };
      await queueNotice(trx, jobs, noticeTo(common, to, 'account-frozen', {}));
    }
    return true;
  });
}

function frozenBy(why: FreezeReason, was: LiveAccount['status']) {
  return 'agent' in why
    ? ({ by: 'agent', was, reason: why.reason } as const)
    : { by: why.channel, notice: why.noticeKind, was };
}

/** Revokes everything that gives access to the account or continues an enrolment, and withholds its queued notices. */
async function revokeEverything(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await endSessionsOf(trx, personKey);
  await closeDossiers(trx, personKey, now);
  await disablePassword(trx, personKey, now);
  await forgetDevices(trx, personKey);
  await supersedeConfirmations(trx, personKey, confirmationPurposes, now);
  await supersedeCodes(trx, personKey, now);
  await unlinkSubject(trx, personKey);
  await withholdWaiting(trx, personKey, 'account-frozen', now);
}
