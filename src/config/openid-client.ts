import { createPrivateKey, type webcrypto } from 'node:crypto';
import { isThisMachine } from '#src/config/addresses.ts';
import { Secret } from '#src/crypto/secret.ts';
import { isFitAddress } from '#src/oidc/address.ts';
import type { ClientSettings } from '#src/oidc/profile.ts';

/** The variables of one provider, as they were set. */
export interface ClientVariables {
  readonly issuer: string;
  /** Whether the service runs for real people: http will not do, not even on this machine. */
  readonly isProduction: boolean;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly signingKey: string | undefined;
  readonly encryptionKey: string | undefined;
}

export type ClientReading =
  | { readonly ok: true; readonly settings: ClientSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * What the variables of an OpenID provider mean together: `NAME` for its issuer, `NAME_CLIENT_ID`, `NAME_CLIENT_SECRET`,
 * `NAME_SIGNING_KEY` and `NAME_ENCRYPTION_KEY`. One line for each problem, never a value.
 */
export function readOpenIdClient(name: string, variables: ClientVariables): ClientReading {
  const { issuer, isProduction, clientId, clientSecret } = variables;
  const problems: string[] = [];
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'http:' && (!isThisMachine(hostname) || isProduction))
    problems.push(`${name}: must start with https://`);
  else if (!isFitAddress(issuer, true))
    problems.push(`${name}: must name its host, without user, password or anything after its path`);
  if (!clientId) problems.push(`${name}_CLIENT_ID: is missing, ${name} needs it`);
  if (!clientSecret && !variables.signingKey)
    problems.push(`${name}_CLIENT_SECRET: is missing, or ${name}_SIGNING_KEY instead of it`);
  const signingKey = variables.signingKey === undefined ? null : readKey(variables.signingKey);
  if (variables.signingKey !== undefined && !(signingKey?.kty === 'EC' && signingKey.crv === 'P-256'))
    problems.push(`${name}_SIGNING_KEY: must be a private key on the curve P-256, as JWK or PEM`);
  const encryptionKey = variables.encryptionKey === undefined ? null : readKey(variables.encryptionKey);
  if (variables.encryptionKey !== undefined && !decrypts(encryptionKey))
    problems.push(`${name}_ENCRYPTION_KEY: must be a private JWK, RSA or on the curve P-256`);
  if (problems.length > 0 || !clientId) return { ok: false, problems };
  return {
    ok: true,
    settings: {
      issuer,
      clientId,
      clientSecret: clientSecret ? new Secret(clientSecret) : null,
      signingKey: signingKey && new Secret(signingKey),
      encryptionKey: encryptionKey && new Secret(encryptionKey),
    },
  };
}

function decrypts(key: webcrypto.JsonWebKey | null): boolean {
  return key !== null && (key.kty === 'RSA' || (key.kty === 'EC' && key.crv === 'P-256'));
}

/** A private key written as JWK or as PEM (line ends may be written `\n`); null when it is none. */
function readKey(text: string): webcrypto.JsonWebKey | null {
  try {
    if (!text.startsWith('{')) {
      return createPrivateKey(text.replaceAll('\\n', '\n')).export({ format: 'jwk' });
    }
    const jwk: webcrypto.JsonWebKey = JSON.parse(text);
    createPrivateKey({ key: jwk, format: 'jwk' });
    return jwk;
  } catch {
    return null;
  }
}
