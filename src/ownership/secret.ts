import { timingSafeEqual } from 'node:crypto';
import { secretIn } from '#src/confirmations/secret.ts';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { type DisputeChannel, disputeEnd } from '#src/ownership/rules.ts';
import type { Services } from '#src/services.ts';
import { newCharacters, readCode } from '#src/texts/written-code.ts';

/** What is kept of a «ce n’est pas moi», in the row of the notice that carries it. */
export interface StoredDispute {
  /** Finds it. */
  readonly key: Buffer;
  /** Holds the person and the notice: a row copied to somebody else’s is worth nothing. */
  readonly bound: Buffer;
}

export interface NewDispute {
  /** For the notice: 256 bits in a link, 60 in a code that is typed. */
  readonly content: { readonly dispute: string; readonly disputeUntil: string };
  readonly stored: StoredDispute;
}

/** Which notice carries it. */
export interface Carrier {
  readonly personKey: Buffer;
  /** Of the notice. */
  readonly id: string;
  readonly channel: DisputeChannel;
  readonly at: Date;
}

const linkBytes = 32;
const codeLength = 12;
const use = 'dispute';
const boundUse = 'dispute-bound';

/** A «ce n’est pas moi» for a notice: the end of a link in a mail, a code to type in an SMS or a letter. */
export function newDispute(
  { keyring, random }: Pick<Services, 'keyring' | 'random'>,
  { personKey, id, channel, at }: Carrier,
): NewDispute {
  const dispute =
    channel === 'email' ? random.bytes(linkBytes).toString('base64url') : newCharacters(random, codeLength);
  return {
    content: { dispute, disputeUntil: disputeEnd(channel, at).toISOString() },
    stored: {
      key: fingerprint(keyring, use, dispute),
      bound: fingerprint(keyring, boundUse, personKey, id, dispute),
    },
  };
}

/** The secret of a link, as mail programs give it back. */
export function disputeInLink(token: string): string {
  return secretIn(token);
}

/** The code as typed; null when it cannot be one. */
export function disputeTyped(typed: string): string | null {
  const code = readCode(typed);
  return /^[0-9A-Z]+$/.test(code) && code.length === codeLength ? code : null;
}

/** How a secret may be stored, under every key that is known. */
export function disputeKeys(keyring: Keyring, secret: string): Buffer[] {
  return keyring.versions.map((version) => fingerprintWith(keyring, version, use, secret));
}

/** Whether a stored one is of this person and this notice. */
export function isBoundTo(
  keyring: Keyring,
  { personKey, id }: Pick<Carrier, 'personKey' | 'id'>,
  secret: string,
  stored: Buffer,
): boolean {
  const agreements = keyring.versions.map((version) =>
    timingSafeEqual(fingerprintWith(keyring, version, boundUse, personKey, id, secret), stored),
  );
  return agreements.includes(true);
}
