import type { Account } from '#src/accounts/account.ts';
import { holdsAddress, releaseAddress } from '#src/accounts/email-claim.ts';
import { lockPending, noteSending, type PendingAccount } from '#src/accounts/pending-account.ts';
import type { Actor } from '#src/audit/actor.ts';
import type { AuditKind, NoDetails } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { issuedSince } from '#src/confirmations/store.ts';
import { type EmailAddress, parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { sendConfirmation } from '#src/enrolment/confirmation/send-confirmation.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import type { Services } from '#src/services.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

export type SendAgainResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'blocked'; readonly until: Date }
  /** No more messages for this account: the caisse takes over. */
  | { readonly kind: 'exhausted' };

export interface SendAgain {
  readonly account: Account;
  /** The same address as before, or the corrected one. */
  readonly address: string;
  readonly kind: 'activation' | 'activation-reminder';
  /** What is recorded of it, and who asked. */
  readonly event: AuditKind<string, NoDetails>;
  readonly actor: Actor;
  readonly now: Date;
}

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>;

/**
 * Sends a fresh link and code to a pending account, to its address or to a corrected one: all older ones die.
 *
 * A person may ask every so many seconds, so many times a day and in all (the policy's numbers), until the
 * account's last day, and never for a message that would be withheld, reminders and corrected addresses included: the
 * older link would die for nothing. A corrected address need not wait for the first delay. One that somebody else holds
 * is not told apart: its owner is written to.
 */
export async function sendAgain(
  services: Needs,
  { account: { personKey, emailKey: shownKey }, address, kind, event, actor, now }: SendAgain,
): Promise<SendAgainResult> {
  const { db, keyring, policy } = services;
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
    const deadAt = earliest(endOfDayAfter(now, policy.confirmation.linkActiveDays), pendingUntil);
    const sending = { email: email.address, emailKey: addressKey, linkDeadAt: deadAt, isRequested: isAsked };
    await noteSending(trx, keyring, account, sending, now);
    if (!addressKey.equals(heldKey)) await releaseAddress(trx, personKey, heldKey);
    await sendConfirmation(trx, services, { personKey, email, language, kind, deadAt, pendingUntil }, now);
    await record(trx, event, { person: personKey, actor, at: now });
    return { kind: 'sent' };
  });
}

interface Demand {
  readonly account: PendingAccount;
  /** When links were sent within a day, the newest first. */
  readonly sent: readonly Date[];
  /** The address is not corrected. */
  readonly isSame: boolean;
  readonly fullUntil: Date | null;
}

/** Why a person may not be written to again now; null when they may. */
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

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function latest(first: Date, ...others: readonly (Date | null)[]): Date {
  return others.reduce<Date>((a, b) => (b && b > a ? b : a), first);
}
