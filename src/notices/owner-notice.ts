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

/** The key of a mailbox that limits count by. Only for an address that `parseEmail` accepted; throws for any other. */
export function mailboxKey(keyring: Keyring, address: string): Buffer {
  const email = parseEmail(address);
  if (!email.ok) throw new Error('Mail is sent only to addresses that parseEmail accepts');
  return emailKey(keyring, email.limiterKey);
}

/** The row of a mail about an account, to the address in `content`, to queue with the change that causes it. */
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
