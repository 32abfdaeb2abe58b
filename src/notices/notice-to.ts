import type { Insertable } from 'kysely';
import { emailKey, type Keyring, telephoneKey } from '#src/crypto/keyring.ts';
import type { NoticeTable } from '#src/database/tables.ts';
import {
  type NewNotice,
  type NoticeContent,
  type NoticeKind,
  noticeRow,
  parseNotice,
} from '#src/notices/notice.ts';

/** Where a notice goes; `counted` is the one way of writing a number or a mailbox by which limits count it. */
export type Recipient =
  | { readonly channel: 'email' | 'sms'; readonly to: string; readonly counted: string }
  /** The lines of the envelope, the name first. */
  | { readonly channel: 'letter'; readonly to: string };

/** What can be said by several channels, named as the mail that says it. */
interface Recipients {
  'provisional-code': Recipient;
  'account-created': Recipient;
  'account-frozen': Recipient;
  'letter-unused': Exclude<Recipient, { channel: 'letter' }>;
}

/** What the kinds of one message end with. */
const suffixes = { email: '', sms: '-sms', letter: '-letter' } as const satisfies Record<
  Recipient['channel'],
  string
>;

/** The row of a notice that says something by whichever channel its recipient is reached. */
export function noticeTo<Message extends keyof Recipients>(
  common: Pick<NewNotice<NoticeKind>, 'keyring' | 'personKey' | 'id' | 'language' | 'dispute' | 'now'>,
  to: Recipients[Message],
  message: Message,
  content: Omit<NoticeContent[Message], 'address'>,
): Insertable<NoticeTable> & { readonly id: string } {
  const { address, recipientKey } = addressOf(common.keyring, to);
  const kind = message + suffixes[to.channel];
  const notice = parseNotice(kind, { ...content, ...address });
  return noticeRow({ ...common, ...notice, recipientKey });
}

function addressOf(keyring: Keyring, recipient: Recipient) {
  switch (recipient.channel) {
    case 'email':
      return { address: { address: recipient.to }, recipientKey: emailKey(keyring, recipient.counted) };
    case 'sms':
      return { address: { number: recipient.to }, recipientKey: telephoneKey(keyring, recipient.counted) };
    case 'letter':
      return { address: { envelope: recipient.to }, recipientKey: null };
  }
}
