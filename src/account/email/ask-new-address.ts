import type { SignedIn } from '#src/access/who.ts';
import { sealAddress } from '#src/account/email/new-address.ts';
import { addressChangeAsked } from '#src/account/events.ts';
import { isHeldByAnother } from '#src/accounts/email-claim.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { issuingConfirmation } from '#src/confirmations/store.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { atOnce } from '#src/database/at-once.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { EmailForm } from '#src/page-parts/contact/form.ts';
import type { Services } from '#src/services.ts';

const newAddressHours = 24;

/** `blocked`: too many requests, by the account or for the new mailbox; `gone`: the account is no longer active. */
export type AddressRequest =
  | { readonly kind: 'sent' | 'gone' }
  | { readonly kind: 'blocked'; readonly until: Date };

/**
 * Sends a link and a code to a new address, and notifies the current one; they supersede those of earlier requests,
 * unless this request exceeds a limit.
 *
 * The answer is the same for an address that another account holds: its owner is notified instead.
 */
export async function askNewAddress(
  services: Services,
  { session, account: { personKey } }: SignedIn,
  email: EmailForm,
  now: Date,
): Promise<AddressRequest> {
  const { db, keyring, random, policy, limits, jobs } = services;
  const counted = [{ rule: limits.addressChange, subject: personKey }];
  const event = refusal(addressChangeAsked, { person: personKey, actor: { kind: 'person' } });
  const attempt = await recordAttempt(services, now, false, counted, event);
  if (attempt.kind === 'blocked') return attempt;
  const secret = newSecret(keyring, random, personKey, policy.confirmation.codeDigits);
  const sealed = sealAddress(keyring, personKey, secret.id, email.address);
  const deadAt = new Date(now.getTime() + newAddressHours * 3_600_000);
  const content = {
    address: email.address,
    token: secret.token,
    code: secret.code,
    until: deadAt.toISOString(),
    sentAt: now.toISOString(),
    accountUntil: '',
  };
  return db.transaction().execute(async (trx): Promise<AddressRequest> => {
    const mailbox = emailKey(keyring, email.limiterKey);
    const full = await mailboxFullUntil(trx, { mailbox, part: 'proven' }, policy.limits, now);
    const account = await lockAccount(trx, keyring, personKey, now);
    if (account?.status !== 'active') return { kind: 'gone' };
    if (full) return { kind: 'blocked', until: full };
    const newAddress = { sealed, askedBy: session.tokenHash };
    const claim = { personKey, addressKeys: emailKeys(keyring, email.canonical) };
    const isTaken = policy.contact.uniqueEmail && (await isHeldByAnother(trx, claim, now));
    const kind = isTaken ? 'address-taken' : 'new-address';
    const current = account.contact.email;
    const notices = [
      { ...ownerNotice(services, account, 'address-taken', content, now), kind },
      changeNotice(services, account, 'address-change-requested', current, now),
    ];
    await atOnce(trx, [
      ...issuingConfirmation(trx, { personKey, purpose: 'new-address', secret, newAddress, deadAt }, now),
      ...(await queueingNotices(trx, jobs, notices)),
    ]);
    return { kind: 'sent' };
  });
}
