import { webcrypto } from 'node:crypto';

type Key = webcrypto.CryptoKey;

/** A key that answers are decrypted with, as the OpenID library takes it. */
export interface DecryptionKey {
  readonly key: Key;
  readonly alg: string;
  readonly kid?: string;
}

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

/** Without what could contradict its use here. */
function bare({ alg: _alg, use: _use, key_ops: _operations, ext: _ext, ...jwk }: webcrypto.JsonWebKey) {
  return jwk;
}

function kidOf(jwk: object): { kid?: string } {
  return 'kid' in jwk && typeof jwk.kid === 'string' ? { kid: jwk.kid } : {};
}
