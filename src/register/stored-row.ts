import { fingerprint, type Keyring, sealBytes } from '#src/crypto/keyring.ts';
import { ibanStart, ibanTail } from '#src/proofs/iban.ts';
import { ibanVerifier, serialVerifier } from '#src/proofs/verifiers.ts';
import type { Insured, RegisterLine } from '#src/register/insured.ts';
import { identityKey } from '#src/register/pivot-search.ts';
import { insuredPlace, openRegistered } from '#src/register/store.ts';

/** What the register stores of a person: nothing in clear. */
export interface StoredRow {
  readonly sealed: Buffer;
  readonly iban: Buffer | null;
  readonly serial: Buffer | null;
  readonly identity: Buffer;
  /**
   * Of all that is stored, under the current key: after a new key everybody is written once more, and what only an
   * import can renew (the verifiers of IBAN and card) moves to it.
   */
  readonly fingerprint: Buffer;
}

/** The keys that `storedRow` and the name of a person need. */
export const storedRowUses = [
  'person',
  'seal',
  'iban-tail',
  'card-serial',
  'identity',
  'register-row',
  'register-line',
];

/** What is stored of a person under this name. */
export function storedRow(
  keyring: Keyring,
  personKey: Buffer,
  { iban, card, ...rest }: RegisterLine,
): StoredRow {
  const insured: Insured = {
    ...rest,
    ibanStart: iban === null ? null : ibanStart(iban),
    card: card === null ? null : { type: card.type, state: card.state, transfer: card.transfer },
  };
  const ibanProof = iban === null ? null : ibanVerifier(keyring, rest.nir, ibanTail(iban));
  const serialProof = card === null ? null : serialVerifier(keyring, rest.nir, card.serial);
  const identity = identityKey(keyring, keyring.current, rest);
  return sealedRow(keyring, personKey, insured, { iban: ibanProof, serial: serialProof, identity });
}

type Compared = Pick<StoredRow, 'iban' | 'serial' | 'identity'>;

function sealedRow(keyring: Keyring, personKey: Buffer, insured: Insured, compared: Compared): StoredRow {
  const { iban, serial, identity } = compared;
  const json = JSON.stringify(insured);
  return {
    sealed: sealBytes(keyring, insuredPlace(personKey), json),
    ...compared,
    fingerprint: fingerprint(keyring, 'register-row', personKey, json, iban ?? '', serial ?? '', identity),
  };
}

/** What is stored of a person of whom nothing is known but that they died: all as before, but for that. */
export function rowOfDied(
  keyring: Keyring,
  personKey: Buffer,
  { sealed, ...compared }: Compared & { readonly sealed: Buffer },
): StoredRow {
  const insured = { ...openRegistered(keyring, personKey, sealed), deceased: true };
  return sealedRow(keyring, personKey, insured, compared);
}
