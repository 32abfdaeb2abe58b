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

/** Where a notice goes; `counted` is the canonical form of the number or mailbox that limits count by. */
export type Recipient =
  | { readonly channel: 'email' | 'sms'; readonly to: string; readonly counted: string }
  /** The lines of the envelope, the name first. */
  | { readonly channel: 'letter'; readonly to: string };

/** Messages that exist for several channels, each named as its mail. */
interface Recipients {
  'provisional-code': Recipient;
  'account-created': Recipient;
  'account-frozen': Recipient;
  'letter-unused': Exclude<Recipient, { channel: 'letter' }>;
  departure: Exclude<Recipient, { channel: 'sms' }>;
}

/** The suffix of a kind for each channel. */
const suffixes = { email: '', sms: '-sms', letter: '-letter' } as const satisfies Record<
  Recipient['channel'],
  string
>;

/** The row of a notice that carries a message by the channel of its recipient. */
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
