import type { Account } from '#src/accounts/account.ts';
import { holdsAddress, releasingAddress } from '#src/accounts/email-claim.ts';
import { lockPending, notingSending, type PendingAccount } from '#src/accounts/pending-account.ts';
import type { Actor } from '#src/audit/actor.ts';
import type { AuditKind, NoDetails } from '#src/audit/kind.ts';
import { recording } from '#src/audit/record.ts';
import { replacingLinkDeadAt } from '#src/confirmations/deadlines.ts';
import { issuedSince } from '#src/confirmations/store.ts';
import { type EmailAddress, parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { prepareConfirmation } from '#src/enrolment/confirmation/send-confirmation.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';

export type SendAgainResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'blocked'; readonly until: Date }
  /** No more mails for this account: only the caisse can help. */
  | { readonly kind: 'exhausted' };

export interface SendAgain {
  readonly account: Account;
  /** The same address as before, or the corrected one. */
  readonly address: string;
  readonly kind: 'activation' | 'activation-reminder';
  /** The audit event, and its actor. */
  readonly event: AuditKind<string, NoDetails>;
  readonly actor: Actor;
  readonly now: Date;
}

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>;

/**
 * Sends a new link and code for a pending account, to its address or to a corrected one; older ones are superseded.
 *
 * The policy sets the delay between two mails and how many may be requested per day and in all, until the last day of
 * the account. A mail that would be withheld is refused, reminders and corrections included: the older link would be
 * superseded for nothing. The new link ends when the older one would have, unless that is less than a day away
 * (`replacingLinkDeadAt`): the account has one deadline, and every message and page says the same. A corrected address need
 * not wait for the first delay. If another account holds it, the outcome is the same, and its owner gets a mail.
 */
export async function sendAgain(
  services: Needs,
  { account: { personKey, emailKey: shownKey }, address, kind, event, actor, now }: SendAgain,
): Promise<SendAgainResult> {
  const { db, keyring, policy, jobs } = services;
  const email = readAgain(address);
  const [addressKey = shownKey, ...olderKeys] = emailKeys(keyring, email.canonical);
  return db.transaction().execute(async (trx): Promise<SendAgainResult> => {
    const mailbox = { mailbox: emailKey(keyring, email.limiterKey), part: 'proven' } as const;
    const fullUntil = await mailboxFullUntil(trx, mailbox, policy.limits, now);
    const account = await lockPending(trx, keyring, personKey, now);
    if (!account) return { kind: 'exhausted' };
    const { emailKey: heldKey, language, pendingUntil } = account;
    const isAsked = kind === 'activation';
    const isSame = [addressKey, ...olderKeys].some((key) => key.equals(heldKey));
    if (isAsked) {
      const sent = await issuedSince(trx, personKey, 'activation', secondsAfter(now, -daySeconds));
      const refusal = refusalOf(policy, { account, sent, isSame, fullUntil }, now);
      if (refusal) return refusal;
    } else {
      if (fullUntil) return { kind: 'blocked', until: fullUntil };
      const owns =
        !policy.contact.uniqueEmail || (await holdsAddress(trx, personKey, [addressKey, ...olderKeys]));
      if (!heldKey.equals(shownKey) || !owns) return { kind: 'exhausted' };
    }
    const deadAt = replacingLinkDeadAt(policy.confirmation, account, now);
    const sending = { email: email.address, emailKey: addressKey, linkDeadAt: deadAt, isRequested: isAsked };
    const message = { personKey, email, language, kind, deadAt, pendingUntil };
    const { notice, writes } = await prepareConfirmation(trx, services, message, now);
    await atOnce(trx, [
      also(notingSending(trx, keyring, account, sending, now)),
      ...(addressKey.equals(heldKey) ? [] : [also(releasingAddress(trx, personKey, heldKey))]),
      ...writes,
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, event, { person: personKey, actor, at: now }),
    ]);
    return { kind: 'sent' };
  });
}

interface Demand {
  readonly account: PendingAccount;
  /** When links were sent within the last 24 hours, the newest first. */
  readonly sent: readonly Date[];
  /** The mail goes to the same address as before. */
  readonly isSame: boolean;
  readonly fullUntil: Date | null;
}

/** Why no mail may be sent to the person now; null when one may. */
function refusalOf(
  { confirmation }: Needs['policy'],
  { account: { lastSentAt, resends }, sent, isSame, fullUntil }: Demand,
  now: Date,
): SendAgainResult | null {
  if (resends >= confirmation.resendPerAccount) return { kind: 'exhausted' };
  const soon = secondsAfter(lastSentAt, confirmation.resendEverySeconds);
  const last = sent[confirmation.resendPerDay];
  const tomorrow = last ? secondsAfter(last, daySeconds) : null;
  if (!tomorrow && !fullUntil && !(isSame && soon > now)) return null;
  return { kind: 'blocked', until: latest(soon, tomorrow, fullUntil) };
}

const daySeconds = 86_400;

function readAgain(address: string): EmailAddress {
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Only an address that was read before is written to');
  return email;
}

function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}

function latest(first: Date, ...others: readonly (Date | null)[]): Date {
  return others.reduce<Date>((a, b) => (b && b > a ? b : a), first);
}
