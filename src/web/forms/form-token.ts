import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';

/** The person for whom a form is shown, null without a session; and the data that it is filled with, if any. */
export interface FormBasis {
  readonly person: Buffer | null;
  /** Empty for a form that is filled with nothing. */
  readonly version: string;
}

/** A form of a page that knows nobody. */
export const shownToNobody: FormBasis = { person: null, version: '' };

/** How a posted form compares with the present person and data. */
export interface FormStanding {
  readonly samePerson: boolean;
  readonly wasAnonymous: boolean;
  readonly sameVersion: boolean;
}

/** What the token of a posted form can be asked. */
export interface FormToken {
  /** Whether the form was shown to the browser that has this secret. */
  isOf(secret: string): boolean;
  standing(now: FormBasis): FormStanding;
}

const saltBytes = 12;
const macBytes = 16;
const use = 'form';
/** Two MACs, or three. */
const shape = /^(\d{1,10})\.([\w-]{59}|[\w-]{80})$/;

/**
 * The token of a form: the number of the key, a salt, and MACs over that salt of the browser’s secret, of the person, and
 * of the data where the form is filled with any. They reveal nothing without our keys and differ on each page.
 */
export function writeFormToken(
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  secret: string,
  basis: FormBasis,
): string {
  const key = keyring.current;
  const salt = random.bytes(saltBytes);
  const mac = maker(keyring, key, salt);
  const bytes = Buffer.concat([salt, mac.browser(secret), mac.person(basis.person), mac.version(basis)]);
  return `${key}.${bytes.toString('base64url')}`;
}

/** Reads a token; null for one that is none of ours, or of a key that is not configured any more. */
export function readFormToken(keyring: Keyring, text: string): FormToken | null {
  const [, number = '', encoded = ''] = shape.exec(text) ?? [];
  const key = Number(number);
  if (encoded === '' || !keyring.versions.includes(key)) return null;
  const bytes = Buffer.from(encoded, 'base64url');
  const part = (index: number) =>
    bytes.subarray(saltBytes).subarray(index * macBytes, (index + 1) * macBytes);
  const mac = maker(keyring, key, bytes.subarray(0, saltBytes));
  return {
    isOf: (secret) => isSame(mac.browser(secret), part(0)),
    // Most forms ask for one of the three.
    standing: (now) => ({
      get samePerson() {
        return isSame(mac.person(now.person), part(1));
      },
      get wasAnonymous() {
        return isSame(mac.person(null), part(1));
      },
      get sameVersion() {
        return isSame(mac.version(now), part(2));
      },
    }),
  };
}

function maker(keyring: Keyring, key: number, salt: Buffer) {
  const mac = (...parts: readonly (string | Buffer)[]) =>
    fingerprintWith(keyring, key, use, salt, ...parts).subarray(0, macBytes);
  return {
    browser: (secret: string) => mac('browser', secret),
    person: (person: Buffer | null) => mac('person', person ?? ''),
    version: ({ person, version }: FormBasis) =>
      version === '' ? Buffer.alloc(0) : mac('version', person ?? '', version),
  };
}

function isSame(made: Buffer, sent: Buffer): boolean {
  return made.length === sent.length && timingSafeEqual(made, sent);
}
