import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, type Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import {
  type DisputableMailKind,
  type MailKind,
  type NoticeContent,
  noticeRow,
} from '#src/notices/notice.ts';
import type { Language } from '#src/texts/language.ts';

/** A mailbox as limits count it. Only for an address that was read before. */
export function mailboxKey(keyring: Keyring, address: string): Buffer {
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Only an address that was read before is written to');
  return emailKey(keyring, email.limiterKey);
}

/** A mail about an account, to the address in `content`, ready to be queued with the change that causes it. */
export function ownerNotice<Kind extends Exclude<MailKind, DisputableMailKind>>(
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  { personKey, language }: { readonly personKey: Buffer; readonly language: Language },
  kind: Kind,
  content: NoticeContent[Kind],
  now: Date,
) {
  return noticeRow({
    keyring,
    personKey,
    id: random.uuid(),
    kind,
    language,
    content,
    recipientKey: mailboxKey(keyring, content.address),
    now,
  });
}
