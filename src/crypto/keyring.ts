import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { hmac, hmacRoom } from '#src/crypto/hmac.ts';
import { systemRandom } from '#src/crypto/random.ts';

/**
 * The keys of the installation: numbered master keys that live outside the database.
 *
 * Each use (sealing, looking a person up, verifying a proof …) has its own key derived from the master key. The first
 * master key seals and makes fingerprints; the others only open and find what they wrote.
 */
export interface Keyring {
  readonly current: number;
  /** 32 bytes derived from master key `version` for `use`; throws when that version is not configured. */
  key(version: number, use: string): KeyObject;
  /** The current one first, then the newest. */
  readonly versions: readonly number[];
}

export function openKeyring(masters: ReadonlyMap<number, Buffer>): Keyring {
  const derived = new Map([...masters].map(([version, master]) => [version, deriving(master)]));
  const [current, ...others] = masters.keys();
  if (current === undefined) throw new Error('The keyring is empty: at least one master key is needed');
  return {
    current,
    versions: [current, ...others.sort((a, b) => b - a)],
    key(version, use) {
      const keyFor = derived.get(version);
      if (!keyFor) throw new Error(`Master key ${version} is not configured`);
      return keyFor(use);
    },
  };
}

/** The keys of a master key, each derived when it is first used. */
function deriving(master: Buffer): (use: string) => KeyObject {
  const derived = new Map<string, KeyObject>();
  return (use) => {
    const cached = derived.get(use);
    if (cached) return cached;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', master, 'compte-assure', use, 32)));
    derived.set(use, key);
    return key;
  };
}

/** The current keys of some uses, in a form that can be sent to another thread. */
export interface SentKeys {
  readonly version: number;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

export function keysToSend(keyring: Keyring, uses: readonly string[]): SentKeys {
  const version = keyring.current;
  return { version, keys: new Map(uses.map((use) => [use, keyring.key(version, use)])) };
}

/** What `keysToSend` sent, as a keyring of the current version and those uses only. */
export function sentKeyring({ version, keys }: SentKeys): Keyring {
  return {
    current: version,
    versions: [version],
    key(asked, use) {
      const key = asked === version ? keys.get(use) : undefined;
      if (!key) throw new Error(`The key of ${use}, version ${asked}, was not sent`);
      return key;
    },
  };
}

/** Keyed fingerprint of a value for one use, under the current key. */
export function fingerprint(keyring: Keyring, use: string, ...parts: readonly (string | Buffer)[]): Buffer {
  return fingerprintWith(keyring, keyring.current, use, ...parts);
}

/** The same under another key version, to find what an older key wrote. */
export function fingerprintWith(
  keyring: Keyring,
  version: number,
  use: string,
  ...parts: readonly (string | Buffer)[]
): Buffer {
  return hmac(keyring.key(version, use), measured(parts, hmacRoom));
}

/** After some free room, the parts one after the other, each after its length: no other parts give the same bytes. */
function measured(parts: readonly (string | Buffer)[], room: number): Buffer {
  let total = room;
  for (const part of parts) total += 4 + (typeof part === 'string' ? Buffer.byteLength(part) : part.length);
  // Not cleared: every byte is written below, the room by `hmac`.
  const bytes = Buffer.allocUnsafe(total);
  let at = room;
  for (const part of parts) {
    const size = typeof part === 'string' ? bytes.write(part, at + 4) : part.copy(bytes, at + 4);
    bytes.writeUInt32BE(size, at);
    at += 4 + size;
  }
  return bytes;
}

/** Where a sealed value is stored: bound to it, so that a value moved to another row no longer opens. */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** The row's own key, usually the person key and an id. */
  readonly row: readonly (string | Buffer)[];
}

function associated(place: Place): Buffer {
  const row = place.row.map((part) => (typeof part === 'string' ? part : part.toString('hex')));
  return Buffer.from([place.table, place.column, ...row].join('\u0000'), 'utf8');
}

/** Seals the value's JSON (`sealBytes`). */
export function seal(keyring: Keyring, place: Place, value: unknown): Buffer {
  return sealBytes(keyring, place, JSON.stringify(value));
}

/** AES-256-GCM: key version (4 bytes), nonce (12), tag (16), ciphertext. */
export function sealBytes(keyring: Keyring, place: Place, bytes: Buffer | string): Buffer {
  const nonce = systemRandom.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyring.key(keyring.current, 'seal'), nonce);
  cipher.setAAD(associated(place));
  const body = typeof bytes === 'string' ? cipher.update(bytes, 'utf8') : cipher.update(bytes);
  // GCM has nothing left to give out.
  cipher.final();
  const sealed = Buffer.allocUnsafe(32 + body.length);
  sealed.writeUInt32BE(keyring.current);
  nonce.copy(sealed, 4);
  cipher.getAuthTag().copy(sealed, 16);
  body.copy(sealed, 32);
  return sealed;
}

/** Opens what `seal` made for the same place; throws when it was moved, changed, or sealed under a key not configured. */
export function unseal(keyring: Keyring, place: Place, sealed: Buffer): unknown {
  return JSON.parse(unsealBytes(keyring, place, sealed).toString('utf8'));
}

/** The same for what `sealBytes` made. */
export function unsealBytes(keyring: Keyring, place: Place, sealed: Buffer): Buffer {
  const version = sealed.readUInt32BE(0);
  const decipher = createDecipheriv('aes-256-gcm', keyring.key(version, 'seal'), sealed.subarray(4, 16), {
    authTagLength: 16,
  });
  decipher.setAAD(associated(place));
  decipher.setAuthTag(sealed.subarray(16, 32));
  const bytes = decipher.update(sealed.subarray(32));
  // Throws unless the tag is right; GCM has nothing left to give out.
  decipher.final();
  return bytes;
}

/** The identifier of a person outside sealed data: HMAC of the 13 characters of the NIR. */
export function personKey(keyring: Keyring, nir: string): Buffer {
  return fingerprint(keyring, 'person', nir);
}

/** The identifiers of a person under every key version, the current one first. */
export function personKeys(keyring: Keyring, nir: string): Buffer[] {
  return keyring.versions.map((version) => fingerprintWith(keyring, version, 'person', nir));
}

/** The identifier of an e-mail address: HMAC of its canonical form. */
export function emailKey(keyring: Keyring, canonicalAddress: string): Buffer {
  return fingerprint(keyring, 'email', canonicalAddress);
}

/** The identifiers of an address under every key version, the current one first, to find its holder during a rotation. */
export function emailKeys(keyring: Keyring, canonicalAddress: string): Buffer[] {
  return keyring.versions.map((version) => fingerprintWith(keyring, version, 'email', canonicalAddress));
}

/** The identifier of a telephone number in counters and notices: HMAC of its E.164 form. */
export function telephoneKey(keyring: Keyring, e164: string): Buffer {
  return fingerprint(keyring, 'telephone', e164);
}
