import { type DisputableMailKind, noticeRow } from '#src/notices/notice.ts';
import { mailboxKey } from '#src/notices/owner-notice.ts';
import { newDispute } from '#src/ownership/secret.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * A mail to the owner of an account that tells of a change, ready to be queued with it: it carries a «ce n’est pas moi»
 * that freezes the account.
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
  const { content, stored } = newDispute(services, { personKey, id, channel: 'email', at: now });
  return noticeRow({
    keyring,
    personKey,
    id,
    kind,
    language,
    content: { address, ...content },
    recipientKey: mailboxKey(keyring, address),
    dispute: stored,
    at: now,
  });
}
