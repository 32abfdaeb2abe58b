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
  /** Null when the register does not know the person. */
  readonly reachable: Reachable | null;
  /** The address that was typed for the account: the person who typed it needs no notice. */
  readonly typedEmail: string;
  readonly language: Language;
}

/**
 * The notice that an account was opened in a person’s name, by a channel that the register knows: SMS, otherwise an
 * e-mail address other than the one just typed, otherwise a letter. A victim of identity theft learns of it, even when a
 * code went by the same channel, and can freeze the account. Null when the register knows no channel. To be queued
 * together with the new account.
 */
export function creationNotice(
  services: Pick<Services, 'keyring' | 'random' | 'channels'>,
  { personKey, reachable, typedEmail, language }: Creation,
  now: Date,
): Insertable<NoticeTable> | null {
  const { keyring, random, channels } = services;
  const to = independentChannel(channels, reachable, typedEmail);
  if (!to) return null;
  const id = random.uuid();
  const { content, stored: dispute } = newDispute(services, {
    personKey,
    id,
    channel: to.channel,
    sentAt: now,
  });
  return noticeTo({ keyring, personKey, id, language, dispute, now }, to, 'account-created', content);
}

/**
 * The fastest channel that the register knows for a person, other than the address of the account, which may not be
 * theirs.
 */
export function independentChannel(
  channels: Services['channels'],
  reachable: Reachable | null,
  accountEmail: string,
): KnownChannel | null {
  const candidates = reachable ? knownChannels(reachable, channels) : [];
  return candidates.find((channel) => isIndependent(channel, accountEmail)) ?? null;
}

function isIndependent(to: KnownChannel, typedEmail: string): boolean {
  const typed = parseEmail(typedEmail);
  return to.channel !== 'email' || !typed.ok || typed.limiterKey !== to.counted;
}
