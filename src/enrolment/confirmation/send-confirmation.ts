import type { Insertable, Kysely } from 'kysely';
import { claimAddress } from '#src/accounts/email-claim.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { issuingConfirmation } from '#src/confirmations/store.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
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

/**
 * Prepares a confirmation mail for a pending account, in the caller’s transaction: claims its address unless another
 * account holds it. The new link and code supersede older ones. If another account holds the address, the outcome is the
 * same, and the mail explains this to its owner.
 */
export async function prepareConfirmation(
  trx: Kysely<Database>,
  { keyring, random, policy }: Pick<Services, 'keyring' | 'random' | 'policy'>,
  { personKey, email, language, kind, deadAt, pendingUntil }: ConfirmationMessage,
  now: Date,
): Promise<Confirmation> {
  const { address, canonical, limiterKey } = email;
  const claim = { personKey, addressKeys: emailKeys(keyring, canonical), expiresAt: pendingUntil };
  const isHeld = !policy.contact.uniqueEmail || (await claimAddress(trx, claim, now));
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
  const writes = issuingConfirmation(trx, { personKey, purpose: 'activation', secret, deadAt }, now);
  return { notice, writes };
}
