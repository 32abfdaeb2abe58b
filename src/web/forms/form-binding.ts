import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

/** The person for whom a form is shown, null without a session; and the data that it is filled with, if any. */
export interface FormBasis {
  readonly person: Buffer | null;
  readonly version: string;
}

/** How the binding of a posted form compares with the present person and data. */
export interface FormStanding {
  readonly samePerson: boolean;
  readonly wasAnonymous: boolean;
  readonly sameVersion: boolean;
}

const macBytes = 16;
const use = 'form';

/**
 * The binding that a form carries next to its token: three MACs over that token, of the person, of the data, and of
 * both together. 48 bytes that reveal nothing without our keys and differ on each page.
 */
export function bindForm(keyring: Keyring, token: string, basis: FormBasis): string {
  return macsOf(keyring, keyring.current, token, basis).toString('base64url');
}

/** Reads a binding under any of our keys; null for one that we did not issue for this token. */
export function readBinding(
  keyring: Keyring,
  token: string,
  binding: string,
): ((now: FormBasis) => FormStanding) | null {
  const bytes = Buffer.from(/^[\w-]{64}$/.test(binding) ? binding : '', 'base64url');
  const [person, version, all] = parts(bytes);
  const keyVersion = keyring.versions.find(
    (key) => bytes.length === 3 * macBytes && timingSafeEqual(sealOf(keyring, key, token, bytes), all),
  );
  if (keyVersion === undefined) return null;
  // Most forms ask for one of the three.
  return (now) => ({
    get samePerson() {
      return timingSafeEqual(personMac(keyring, keyVersion, token, now.person), person);
    },
    get wasAnonymous() {
      return timingSafeEqual(personMac(keyring, keyVersion, token, null), person);
    },
    get sameVersion() {
      return timingSafeEqual(versionMac(keyring, keyVersion, token, now), version);
    },
  });
}

function parts(bytes: Buffer): readonly [person: Buffer, version: Buffer, all: Buffer] {
  const part = (index: number) => bytes.subarray(index * macBytes, (index + 1) * macBytes);
  return [part(0), part(1), part(2)];
}

function macsOf(keyring: Keyring, key: number, token: string, basis: FormBasis): Buffer {
  const macs = Buffer.concat([
    personMac(keyring, key, token, basis.person),
    versionMac(keyring, key, token, basis),
  ]);
  return Buffer.concat([macs, sealOf(keyring, key, token, macs)]);
}

function personMac(keyring: Keyring, key: number, token: string, person: Buffer | null): Buffer {
  return mac(keyring, key, token, 'person', person ?? '');
}

function versionMac(keyring: Keyring, key: number, token: string, { person, version }: FormBasis): Buffer {
  return mac(keyring, key, token, 'version', person ?? '', version);
}

function sealOf(keyring: Keyring, key: number, token: string, bytes: Buffer): Buffer {
  return mac(keyring, key, token, 'said', bytes.subarray(0, 2 * macBytes));
}

function mac(keyring: Keyring, key: number, ...parts: readonly (string | Buffer)[]): Buffer {
  return fingerprintWith(keyring, key, use, ...parts).subarray(0, macBytes);
}
