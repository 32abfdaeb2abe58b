import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload } from 'jose';

/** A key pair as JWKs. */
export interface KeyPair {
  readonly kid: string;
  readonly alg: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
  /** The public key as a PEM file holds it. */
  readonly pem: string;
}

/** The simulator's keys: two that sign in turn, and those of a forger. */
export interface Keys {
  readonly own: readonly [KeyPair, KeyPair];
  readonly forger: KeyPair;
  rsa(): Promise<KeyPair>;
  /** The one that signs now. */
  current(): KeyPair;
  /** The other one signs from now on, and it is the only one published. */
  rotate(): void;
}

export async function makeKeys(): Promise<Keys> {
  const [first, second, forger] = await Promise.all([
    makeKey('ES256', 'simulateur-1'),
    makeKey('ES256', 'simulateur-2'),
    makeKey('ES256', 'faussaire'),
  ]);
  let turn = 0;
  let rsa: Promise<KeyPair> | null = null;
  return {
    own: [first, second],
    forger,
    rsa() {
      rsa ??= makeKey('RS256', 'rsa');
      return rsa;
    },
    current: () => (turn % 2 === 0 ? first : second),
    rotate() {
      turn += 1;
    },
  };
}

/** A signed JWT with any header; by default the header of an honest signature. */
export async function signJwt(
  claims: JWTPayload,
  key: KeyPair,
  header: Record<string, unknown> = {},
): Promise<string> {
  return signWith(key.privateJwk, claims, { alg: key.alg, kid: key.kid, ...header });
}

/** The same with a symmetric key made from a text. */
export async function signSymmetric(claims: JWTPayload, secret: string, kid: string): Promise<string> {
  return signWith(new TextEncoder().encode(secret), claims, { alg: 'HS256', kid });
}

/** A part of a JWT. */
export function encodePart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function signWith(
  key: JWK | Uint8Array,
  claims: JWTPayload,
  header: { readonly alg: string; readonly [name: string]: unknown },
): Promise<string> {
  const present = Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined));
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ ...present, alg: header.alg })
    .sign(key);
}

async function makeKey(alg: string, kid: string): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const about = { kid, alg, use: 'sig' };
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(privateKey)), ...about },
    publicJwk: { ...(await exportJWK(publicKey)), ...about },
    pem: await exportSPKI(publicKey),
  };
}
