import { type DisputableMailKind, noticeRow } from '#src/notices/notice.ts';
import { mailboxKey } from '#src/notices/owner-notice.ts';
import { newDispute } from '#src/ownership/secret.ts';
import type { Services } from '#src/services.ts';
import type { DeviceKind } from '#src/texts/device-texts.ts';
import type { Language } from '#src/texts/language.ts';

type Needed = Pick<Services, 'keyring' | 'random'>;

interface Owner {
  readonly personKey: Buffer;
  readonly language: Language;
}

/**
 * A mail that notifies the owner of an account of a change, to be queued together with the change: it contains a
 * «ce n’est pas moi» link that freezes the account.
 */
export function changeNotice(
  services: Needed,
  owner: Owner,
  kind: Exclude<DisputableMailKind, 'new-device'>,
  address: string,
  now: Date,
) {
  const { content, ...common } = disputable(services, owner, address, now);
  return noticeRow({ ...common, kind, content });
}

/** The same for a sign-in from a browser that the account did not know. */
export function newDeviceNotice(
  services: Needed,
  owner: Owner & { readonly address: string },
  device: DeviceKind,
  now: Date,
) {
  const { content, ...common } = disputable(services, owner, owner.address, now);
  return noticeRow({ ...common, kind: 'new-device', content: { ...content, ...device } });
}

function disputable(services: Needed, { personKey, language }: Owner, address: string, now: Date) {
  const { keyring, random } = services;
  const id = random.uuid();
  const { content, stored } = newDispute(services, { personKey, id, channel: 'email', sentAt: now });
  return {
    keyring,
    personKey,
    id,
    language,
    content: { address, ...content },
    recipientKey: mailboxKey(keyring, address),
    dispute: stored,
    now,
  };
}
