import type { Insertable } from 'kysely';
import { numberKey } from '#src/codes/holds.ts';
import { type KnownChannel, knownChannels, type Reachable } from '#src/codes/rules.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import type { NoticeTable } from '#src/database/tables.ts';
import { noticeRow } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

export interface Creation {
  readonly personKey: Buffer;
  /** Null: not known. */
  readonly reachable: Reachable | null;
  /** The address that was typed for the account: whoever typed it need not be told. */
  readonly typedEmail: string;
  readonly language: Language;
}

/**
 * What tells a person that an account was opened in their name, where the register knows them: by SMS, otherwise at
 * an e-mail address other than the one just typed, otherwise by letter. Somebody usurped learns of it, even when a
 * code went by the same channel. Null when the register knows none. To be queued with the account.
 */
export function creationNotice(
  services: Pick<Services, 'keyring' | 'random' | 'channels'>,
  { personKey, reachable, typedEmail, language }: Creation,
  at: Date,
): Insertable<NoticeTable> | null {
  const { keyring, random, channels } = services;
  const to = reachable && knownChannels(reachable, channels).find((one) => tellsAnother(one, typedEmail));
  if (!to) return null;
  const common = { keyring, personKey, id: random.uuid(), language, at };
  switch (to.channel) {
    case 'sms':
      return noticeRow({
        ...common,
        kind: 'account-created-sms',
        content: { number: to.to },
        recipientKey: numberKey(keyring, to.counted),
      });
    case 'courriel':
      return noticeRow({
        ...common,
        kind: 'account-created',
        content: { address: to.to },
        recipientKey: emailKey(keyring, to.counted),
      });
    case 'courrier':
      return noticeRow({
        ...common,
        kind: 'account-created-letter',
        content: { envelope: to.to },
        recipientKey: null,
      });
  }
}

/** Whether a channel reaches anybody but the mailbox that was just typed. */
function tellsAnother(to: KnownChannel, typedEmail: string): boolean {
  const typed = parseEmail(typedEmail);
  return to.channel !== 'courriel' || !typed.ok || typed.limiterKey !== to.counted;
}
