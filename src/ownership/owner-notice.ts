import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, type Keyring } from '#src/crypto/keyring.ts';
import {
  type DisputableMailKind,
  type MailKind,
  type NoticeContent,
  noticeRow,
} from '#src/notices/notice.ts';
import { newDispute } from '#src/ownership/secret.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** A mailbox as limits count it. Only for an address that was read before. */
function mailboxKey(keyring: Keyring, address: string): Buffer {
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Only an address that was read before is written to');
  return emailKey(keyring, email.limiterKey);
}

/** A mail about an account, to the address in `content`, ready to be queued with the change that causes it. */
export function ownerNotice<Kind extends Exclude<MailKind, DisputableMailKind>>(
  { keyring, random }: Pick<Services, 'keyring' | 'random'>,
  { personKey, language }: { readonly personKey: Buffer; readonly language: Language },
  kind: Kind,
  content: NoticeContent[Kind],
  at: Date,
) {
  return noticeRow({
    keyring,
    personKey,
    id: random.uuid(),
    kind,
    language,
    content,
    recipientKey: mailboxKey(keyring, content.address),
    at,
  });
}

/**
 * A mail to the owner of an account that tells of a change, ready to be queued with it: it carries a «ce n’est pas moi»
 * that freezes the account.
 */
export function changeNotice(
  services: Pick<Services, 'keyring' | 'random'>,
  { personKey, language }: { readonly personKey: Buffer; readonly language: Language },
  kind: DisputableMailKind,
  address: string,
  at: Date,
) {
  const { keyring, random } = services;
  const id = random.uuid();
  const { content, stored } = newDispute(services, { personKey, id, channel: 'email', at });
  return noticeRow({
    keyring,
    personKey,
    id,
    kind,
    language,
    content: { address, ...content },
    recipientKey: mailboxKey(keyring, address),
    dispute: stored,
    at,
  });
}
