import type { Insertable } from 'kysely';
import { type KnownChannel, knownChannels, type Reachable } from '#src/codes/rules.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import type { NoticeTable } from '#src/database/tables.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import { newDispute } from '#src/ownership/secret.ts';
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
 * code went by the same channel, and can freeze the account. Null when the register knows none. To be queued with the
 * account.
 */
export function creationNotice(
  services: Pick<Services, 'keyring' | 'random' | 'channels'>,
  { personKey, reachable, typedEmail, language }: Creation,
  at: Date,
): Insertable<NoticeTable> | null {
  const { keyring, random, channels } = services;
  const to = contactToTell(channels, reachable, typedEmail);
  if (!to) return null;
  const id = random.uuid();
  const { content, stored: dispute } = newDispute(services, { personKey, id, channel: to.channel, at });
  return noticeTo({ keyring, personKey, id, language, dispute, at }, to, 'account-created', content);
}

/** Where the register knows somebody, other than the address of the account, which may not be theirs; the fastest. */
export function contactToTell(
  channels: Services['channels'],
  reachable: Reachable | null,
  accountEmail: string,
): KnownChannel | null {
  const known = reachable ? knownChannels(reachable, channels) : [];
  return known.find((one) => tellsAnother(one, accountEmail)) ?? null;
}

function tellsAnother(to: KnownChannel, typedEmail: string): boolean {
  const typed = parseEmail(typedEmail);
  return to.channel !== 'email' || !typed.ok || typed.limiterKey !== to.counted;
}
