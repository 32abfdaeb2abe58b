import type { Insertable, Kysely } from 'kysely';
import { type AddressClaim, claimAddress } from '#src/accounts/email-claim.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { issuingConfirmation } from '#src/confirmations/store.ts';
import { emailKey, emailKeys, type Keyring } from '#src/crypto/keyring.ts';
import type { Write } from '#src/database/at-once.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { noticeRow } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** An address that `parseEmail` accepted. */
export interface ReadAddress {
  readonly address: string;
  readonly canonical: string;
  /** The mailbox as limits count it. */
  readonly limiterKey: string;
}

export interface ConfirmationMessage {
  readonly personKey: Buffer;
  readonly email: ReadAddress;
  readonly language: Language;
  readonly kind: 'activation' | 'activation-reminder';
  /** When the link and the code expire. */
  readonly deadAt: Date;
  /** Until when the account holds the address without confirmation. */
  readonly pendingUntil: Date;
}

/** A confirmation mail, to be queued with the link and the code that it carries. */
export interface Confirmation {
  readonly notice: Insertable<NoticeTable>;
  readonly writes: readonly Write[];
}

/** The claim of the address that a message goes to. */
export function confirmationClaim(
  keyring: Keyring,
  { personKey, email, pendingUntil }: ConfirmationMessage,
): AddressClaim {
  return { personKey, addressKeys: emailKeys(keyring, email.canonical), expiresAt: pendingUntil };
}

/**
 * As `confirmationTo`, in the caller’s transaction: claims the address unless another account holds it.
 */
export async function prepareConfirmation(
  trx: Kysely<Database>,
  services: Pick<Services, 'keyring' | 'random' | 'policy'>,
  message: ConfirmationMessage,
  now: Date,
): Promise<Confirmation> {
  const claim = confirmationClaim(services.keyring, message);
  const isHeld = !services.policy.contact.uniqueEmail || (await claimAddress(trx, claim, now));
  return confirmationTo(trx, services, message, { isHeld }, now);
}

/**
 * A confirmation mail for a pending account, which holds the address or not. The new link and code supersede older ones.
 * If another account holds the address, the outcome is the same, and the mail explains this to its owner.
 */
export function confirmationTo(
  db: Kysely<Database>,
  { keyring, random, policy }: Pick<Services, 'keyring' | 'random' | 'policy'>,
  { personKey, email, language, kind, deadAt, pendingUntil }: ConfirmationMessage,
  { isHeld }: { readonly isHeld: boolean },
  now: Date,
): Confirmation {
  const { address, limiterKey } = email;
  const secret = newSecret(keyring, random, personKey, policy.confirmation.codeDigits);
  const notice = noticeRow({
    keyring,
    personKey,
    id: random.uuid(),
    kind: isHeld ? kind : 'address-taken',
    language,
    content: {
      address,
      token: secret.token,
      code: secret.code,
      until: deadAt.toISOString(),
      sentAt: now.toISOString(),
      accountUntil: pendingUntil.toISOString(),
    },
    recipientKey: emailKey(keyring, limiterKey),
    now,
  });
  const writes = issuingConfirmation(db, { personKey, purpose: 'activation', secret, deadAt }, now);
  return { notice, writes };
}
