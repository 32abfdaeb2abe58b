import { type DisputableMailKind, noticeRow } from '#src/notices/notice.ts';
import { mailboxKey } from '#src/notices/owner-notice.ts';
import { newDispute } from '#src/ownership/secret.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * A mail that notifies the owner of an account of a change, to be queued in the transaction of the change: it contains a
 * «ce n’est pas moi» link that freezes the account.
 */
export function changeNotice(
  services: Pick<Services, 'keyring' | 'random'>,
  { personKey, language }: { readonly personKey: Buffer; readonly language: Language },
  kind: DisputableMailKind,
  address: string,
  now: Date,
) {
  const { keyring, random } = services;
  const id = random.uuid();
  const { content, stored } = newDispute(services, { personKey, id, channel: 'email', sentAt: now });
  return noticeRow({
    keyring,
    personKey,
    id,
    kind,
    language,
    content: { address, ...content },
    recipientKey: mailboxKey(keyring, address),
    dispute: stored,
    now,
  });
}
