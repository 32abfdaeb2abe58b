import type { webcrypto } from 'node:crypto';
import type { Secret } from '#src/crypto/secret.ts';
import { decryptionKeysOf } from '#src/oidc/keys.ts';

/** The signed ID token inside an encrypted one: the provider wants it back so, at the logout. */
export async function plainIdToken(
  idToken: string,
  encryptionKey: Secret<webcrypto.JsonWebKey> | null,
): Promise<string> {
  if (encryptionKey === null || idToken.split('.').length !== 5) return idToken;
  const { compactDecrypt } = await import('jose');
  const keys = await decryptionKeysOf(encryptionKey.reveal());
  const { plaintext } = await compactDecrypt(
    idToken,
    ({ alg }) => {
      const known = keys.find((key) => key.alg === alg);
      if (!known) throw new Error('No key for this ID token');
      return known.key;
    },
    { contentEncryptionAlgorithms: ['A256GCM'] },
  );
  return Buffer.from(plaintext).toString('ascii');
}
