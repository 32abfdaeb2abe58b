import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HashCost } from '#src/passwords/argon2.ts';

/**
 * A stored password: `$argon2id-hmac$v=19$m=65536,t=3,p=1,keyid=1$<salt>$<tag>`, where the tag is
 * HMAC-SHA-256(pepper `keyid`, NIR and argon2id(password, salt)). Without the pepper, which is not in the database,
 * a stolen hash cannot be tried at all; copied to another person's row it opens nothing.
 */
export interface StoredPassword {
  readonly cost: HashCost;
  readonly pepperVersion: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

export type Peppers = ReadonlyMap<number, Buffer>;

const form =
  /^\$argon2id-hmac\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=1,keyid=(\d{1,9})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

export function formatStoredPassword({ cost, pepperVersion, salt, tag }: StoredPassword): string {
  const parameters = `m=${cost.memoryKiB},t=${cost.passes},p=1,keyid=${pepperVersion}`;
  return `$argon2id-hmac$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Throws when the text was not written by `formatStoredPassword`; the error does not contain it. */
export function parseStoredPassword(text: string): StoredPassword {
  const [, memory, passes, keyid, salt, tag] = form.exec(text) ?? [];
  if (!salt || !tag) throw new Error('A stored password does not have the expected form');
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes) },
    pepperVersion: Number(keyid),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/**
 * The hash of a password as it is stored for one person, whose NIR has 13 characters: bound to the number rather than
 * to a key made of it, so that master keys can be changed. Throws when this pepper is not configured.
 */
export function pepperedTag(peppers: Peppers, version: number, nir: string, hash: Uint8Array): Buffer {
  const pepper = peppers.get(version);
  if (!pepper) throw new Error(`Password pepper ${version} is not configured`);
  return createHmac('sha256', pepper).update(`${nir}\0`).update(hash).digest();
}

export function sameTag(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The first one hashes; the others only verify. */
export function currentPepper(peppers: Peppers): number {
  const [current] = peppers.keys();
  if (current === undefined) throw new Error('At least one password pepper is needed');
  return current;
}

/** Whether the person's next sign-in should store the password again: cheaper hash or another pepper. */
export function isOutdated(stored: StoredPassword, cost: HashCost, pepperVersion: number): boolean {
  return (
    stored.cost.memoryKiB < cost.memoryKiB ||
    stored.cost.passes < cost.passes ||
    stored.pepperVersion !== pepperVersion
  );
}

/** The bytes that are hashed: the text in Unicode's composed form, so that keyboards agree. */
export function passwordBytes(password: Buffer | string): Buffer {
  return typeof password === 'string'
    ? Buffer.from(password.normalize('NFC'), 'utf8')
    : Buffer.from(password);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
