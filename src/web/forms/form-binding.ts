import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

/** For whom a form was shown: null for nobody. And what it was filled with, where the page says so. */
export interface FormBasis {
  readonly person: Buffer | null;
  readonly version: string;
}

/** What a form that comes back says of the people and answers of now. */
export interface FormStanding {
  readonly samePerson: boolean;
  readonly wasNobodys: boolean;
  readonly sameVersion: boolean;
}

const macBytes = 16;
const use = 'form';

/**
 * What a form carries beside its token, bound to that very token: for whom it was shown, from which answers, and that we
 * say so. Keyed: 48 bytes that mean nothing outside, different in each page.
 */
export function bindForm(keyring: Keyring, token: string, basis: FormBasis): string {
  return macsOf(keyring, keyring.current, token, basis).toString('base64url');
}

/** Reads a binding under any key that is known; null for one that we did not make for this token. */
export function readBinding(
  keyring: Keyring,
  token: string,
  binding: string,
): ((now: FormBasis) => FormStanding) | null {
  const bytes = Buffer.from(/^[\w-]{64}$/.test(binding) ? binding : '', 'base64url');
  const [person, version, all] = parts(bytes);
  const made = keyring.versions.find(
    (key) => bytes.length === 3 * macBytes && timingSafeEqual(sealOf(keyring, key, token, bytes), all),
  );
  if (made === undefined) return null;
  return (now) => {
    const [ours, oursVersion] = parts(macsOf(keyring, made, token, now));
    return {
      samePerson: timingSafeEqual(ours, person),
      wasNobodys: timingSafeEqual(personMac(keyring, made, token, null), person),
      sameVersion: timingSafeEqual(oursVersion, version),
    };
  };
}

function parts(bytes: Buffer): readonly [person: Buffer, version: Buffer, all: Buffer] {
  const part = (index: number) => bytes.subarray(index * macBytes, (index + 1) * macBytes);
  return [part(0), part(1), part(2)];
}

function macsOf(keyring: Keyring, key: number, token: string, { person, version }: FormBasis): Buffer {
  const said = Buffer.concat([
    personMac(keyring, key, token, person),
    mac(keyring, key, token, 'version', person ?? '', version),
  ]);
  return Buffer.concat([said, sealOf(keyring, key, token, said)]);
}

function personMac(keyring: Keyring, key: number, token: string, person: Buffer | null): Buffer {
  return mac(keyring, key, token, 'person', person ?? '');
}

function sealOf(keyring: Keyring, key: number, token: string, bytes: Buffer): Buffer {
  return mac(keyring, key, token, 'said', bytes.subarray(0, 2 * macBytes));
}

function mac(keyring: Keyring, key: number, ...said: readonly (string | Buffer)[]): Buffer {
  return fingerprintWith(keyring, key, use, ...said).subarray(0, macBytes);
}
