import { type FoundAttestation, findAttestation } from '#src/attestations/attestation.ts';
import { isStillSaid } from '#src/attestations/said.ts';
import { fingerprint, personKeys } from '#src/crypto/keyring.ts';
import { ofClient } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { recordAttempt } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import { findRights } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';

/** What anybody may learn of an attestation by its code. */
type CheckedAttestation = Pick<FoundAttestation, 'kind' | 'initials' | 'issuedAt' | 'replaced'>;

export type Checked =
  | { readonly kind: 'known'; readonly attestation: CheckedAttestation }
  | { readonly kind: 'unknown' }
  /** Too many codes were unknown: nothing was looked up. */
  | { readonly kind: 'blocked'; readonly until: Date };

/**
 * What anybody learns of a code. An attestation is replaced by a newer one, and by rights that say something else. Each unknown one counts for its client, and for all: while either is suspended nothing is
 * looked up. The same four statements whatever the code is, so that the time does not tell. No event is recorded: the
 * person who checks is unknown, and the code is not ours to write down; many unknown codes of one client raise an alarm.
 */
export async function checkCode(
  services: Pick<Services, 'db' | 'keyring' | 'events' | 'limits' | 'unnamedShare'>,
  code: string,
  ip: string,
  now: Date,
): Promise<Checked> {
  const { db, keyring, limits } = services;
  const about = fingerprint(keyring, 'checked-code', code);
  const attempts = [
    ...ofClient(limits.client.check, clientOf(services, ip), about),
    { rule: limits.checks, subject: fingerprint(keyring, 'checks', 'all') },
  ];
  const until = await suspendedUntil(db, attempts, now);
  if (until) return { kind: 'blocked', until };
  const { attestation, contact } = await findAttestation(db, keyring, code, now);
  const rights = await findRights(db, keyring, personKeys(keyring, contact.nir));
  const counted = await recordAttempt(services, now, attestation !== null, attempts, null);
  if (counted.kind === 'blocked') return counted;
  if (!attestation) return { kind: 'unknown' };
  const replaced = attestation.replaced || !isStillSaid(attestation, rights);
  return { kind: 'known', attestation: { ...attestation, replaced } };
}
