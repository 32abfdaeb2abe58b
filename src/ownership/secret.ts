import { timingSafeEqual } from 'node:crypto';
import { secretIn } from '#src/confirmations/secret.ts';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { readRoutedToken, secretBytes, writeRoutedToken } from '#src/crypto/routed-token.ts';
import { type DisputeChannel, disputeEnd } from '#src/ownership/rules.ts';
import type { Services } from '#src/services.ts';
import { newCharacters, readCode } from '#src/texts/written-code.ts';

/** What is stored of a «ce n’est pas moi» secret, in the row of the notice that contains it. */
export interface StoredDispute {
  /** By which the notice is found. */
  readonly key: Buffer;
  /** Covers the person and the notice: copied to another person’s row, it does not match. */
  readonly bound: Buffer;
}

export interface NewDispute {
  /** Of the notice: 256 bits in a link, 60 bits in a code to type. */
  readonly content: { readonly dispute: string; readonly disputeUntil: string };
  readonly stored: StoredDispute;
}

/** The notice that contains the secret. */
export interface DisputableNotice {
  readonly personKey: Buffer;
  /** Of the notice. */
  readonly id: string;
  readonly channel: DisputeChannel;
  readonly sentAt: Date;
}

const codeLength = 12;
const use = 'dispute';
const boundUse = 'dispute-bound';
const routeUse = 'dispute-route';

/** A «ce n’est pas moi» secret for a notice: in a mail the token of a link, in an SMS or a letter a code to type. */
export function newDispute(
  { keyring, random }: Pick<Services, 'keyring' | 'random'>,
  { personKey, id, channel, sentAt }: DisputableNotice,
): NewDispute {
  const dispute =
    channel === 'email'
      ? writeRoutedToken(keyring, routeUse, {
          version: keyring.current,
          personKey,
          secret: random.bytes(secretBytes),
        })
      : newCharacters(random, codeLength);
  return {
    content: { dispute, disputeUntil: disputeEnd(channel, sentAt).toISOString() },
    stored: {
      key: fingerprint(keyring, use, dispute),
      bound: fingerprint(keyring, boundUse, personKey, id, dispute),
    },
  };
}

/** The secret of a link, without the punctuation that mail programs add. */
export function readDisputeLink(token: string): string {
  return secretIn(token);
}

/** Reads a typed code; null when it does not have the form of one. */
export function readDisputeCode(typed: string): string | null {
  const code = readCode(typed);
  return /^[0-9A-Z]+$/.test(code) && code.length === codeLength ? code : null;
}

/** The keys under which a secret may be stored, one for each key version. */
export function disputeKeys(keyring: Keyring, secret: string): Buffer[] {
  return keyring.versions.map((version) => fingerprintWith(keyring, version, use, secret));
}

/** The key of the person whom a link is about; null for a code, and for a link that the service did not write. */
export function personOfDispute(keyring: Keyring, secret: string): Buffer | null {
  return readRoutedToken(keyring, routeUse, secret)?.personKey ?? null;
}

/** Whether a stored secret belongs to this person and this notice. */
export function isBoundTo(
  keyring: Keyring,
  { personKey, id }: Pick<DisputableNotice, 'personKey' | 'id'>,
  secret: string,
  stored: Buffer,
): boolean {
  const agreements = keyring.versions.map((version) =>
    timingSafeEqual(fingerprintWith(keyring, version, boundUse, personKey, id, secret), stored),
  );
  return agreements.includes(true);
}
