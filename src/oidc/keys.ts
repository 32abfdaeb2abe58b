import { webcrypto } from 'node:crypto';
import { z } from 'zod';
import { type SigningAlgorithm, signingAlgorithms } from '#src/oidc/algorithms.ts';
import { readJson, Unfit } from '#src/oidc/metadata.ts';

type Key = webcrypto.CryptoKey;

/** A key that answers are decrypted with, as the OpenID library takes it. */
export interface DecryptionKey {
  readonly key: Key;
  readonly alg: string;
  readonly kid?: string;
}

/** How the content of encrypted answers is encrypted. */
export const contentEncryption = ['A256GCM'];

/** The key that signs our own assertions (ES256), with its `kid`. */
export async function signingKeyOf(jwk: webcrypto.JsonWebKey): Promise<{ key: Key; kid?: string }> {
  const key = await webcrypto.subtle.importKey(
    'jwk',
    bare(jwk),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  return { key, ...kidOf(jwk) };
}

/** ECDH-ES for a key on P-256; RSA-OAEP and RSA-OAEP-256, or the one its `alg` names, for an RSA key. */
export async function decryptionKeysOf(jwk: webcrypto.JsonWebKey): Promise<DecryptionKey[]> {
  if (jwk.kty === 'EC') {
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const key = await webcrypto.subtle.importKey('jwk', bare(jwk), curve, false, ['deriveBits']);
    return [{ key, alg: 'ECDH-ES', ...kidOf(jwk) }];
  }
  const hashes = { 'RSA-OAEP': 'SHA-1', 'RSA-OAEP-256': 'SHA-256' };
  const usable = Object.entries(hashes).filter(([alg]) => jwk.alg === undefined || jwk.alg === alg);
  return Promise.all(
    usable.map(async ([alg, hash]) => {
      const padding = { name: 'RSA-OAEP', hash };
      const key = await webcrypto.subtle.importKey('jwk', bare(jwk), padding, false, [
        'decrypt',
        'unwrapKey',
      ]);
      return { key, alg, ...kidOf(jwk) };
    }),
  );
}

/** The signed ID token inside an encrypted one: the provider wants it back in that form, at the logout. */
export async function plainIdToken(
  idToken: string,
  encryptionKey: webcrypto.JsonWebKey | null,
): Promise<string> {
  if (encryptionKey === null || idToken.split('.').length !== 5) return idToken;
  const { compactDecrypt } = await import('jose');
  const keys = await decryptionKeysOf(encryptionKey);
  const { plaintext } = await compactDecrypt(
    idToken,
    ({ alg }) => {
      const decryption = keys.find((key) => key.alg === alg);
      if (!decryption) throw new Error('No key for this ID token');
      return decryption.key;
    },
    { contentEncryptionAlgorithms: contentEncryption },
  );
  return Buffer.from(plaintext).toString('ascii');
}

const keySet = z.object({ keys: z.array(z.unknown()).max(100) });

/** The keys of a JWKS that can verify one of these algorithms, as a JWKS again; throws `Unfit` when there is none. */
export function readKeys(jwks: string, algorithms: readonly SigningAlgorithm[]): string {
  const read = keySet.safeParse(readJson(jwks));
  if (!read.success) throw new Unfit('keys');
  const schema = z.union(algorithms.map((algorithm) => signingAlgorithms[algorithm].key));
  const usable = read.data.keys.flatMap((key) => schema.safeParse(key).data ?? []);
  if (usable.length === 0) throw new Unfit('keys-unusable');
  return JSON.stringify({ keys: usable });
}

/** Without what could contradict its use here. */
function bare({ alg: _alg, use: _use, key_ops: _operations, ext: _ext, ...jwk }: webcrypto.JsonWebKey) {
  return jwk;
}

function kidOf(jwk: object): { kid?: string } {
  return 'kid' in jwk && typeof jwk.kid === 'string' ? { kid: jwk.kid } : {};
}
