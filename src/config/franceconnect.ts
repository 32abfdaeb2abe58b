import { createPrivateKey, type webcrypto } from 'node:crypto';
import { isThisMachine } from '#src/config/addresses.ts';
import type { Config } from '#src/config/config.ts';
import type { Environment } from '#src/config/schema.ts';
import { Secret } from '#src/crypto/secret.ts';
import { isFitAddress } from '#src/oidc/address.ts';
import { type FranceConnectSettings, knownIssuers } from '#src/oidc/settings.ts';

interface Reading {
  /** Null when it is off, the simulator's, or wrong. */
  readonly settings: FranceConnectSettings | null;
  readonly problems: readonly string[];
}

/** What the variables of FranceConnect mean together; one line for each problem, never a value. */
export function readFranceConnect(values: Environment): Reading {
  const issuer = issuerOf(values);
  if (issuer === null) return { settings: null, problems: [] };
  const problems: string[] = [];
  const { protocol, hostname } = new URL(issuer);
  const here = isThisMachine(hostname);
  if (protocol === 'http:' && (!here || values.MODE === 'production'))
    problems.push('FRANCECONNECT: must start with https://');
  else if (!isFitAddress(issuer, true))
    problems.push('FRANCECONNECT: must name its host, without user, password or anything after its path');
  const clientId = values.FRANCECONNECT_CLIENT_ID ?? '';
  if (clientId === '') problems.push('FRANCECONNECT_CLIENT_ID: is missing, FRANCECONNECT needs it');
  const { FRANCECONNECT_CLIENT_SECRET: secret, FRANCECONNECT_SIGNING_KEY: signing } = values;
  if (!secret && !signing)
    problems.push('FRANCECONNECT_CLIENT_SECRET: is missing, or FRANCECONNECT_SIGNING_KEY instead of it');
  const signingKey = signing === undefined ? null : readKey(signing);
  if (signing !== undefined && !(signingKey?.kty === 'EC' && signingKey.crv === 'P-256'))
    problems.push('FRANCECONNECT_SIGNING_KEY: must be a private key on the curve P-256, as JWK or PEM');
  const encryption = values.FRANCECONNECT_ENCRYPTION_KEY;
  const encryptionKey = encryption === undefined ? null : readKey(encryption);
  if (encryption !== undefined && !decrypts(encryptionKey))
    problems.push('FRANCECONNECT_ENCRYPTION_KEY: must be a private JWK, RSA or on the curve P-256');
  if (problems.length > 0) return { settings: null, problems };
  return {
    settings: {
      issuer,
      clientId,
      clientSecret: secret ? new Secret(secret) : null,
      signingKey: signingKey && new Secret(signingKey),
      encryptionKey: encryptionKey && new Secret(encryptionKey),
      acr: values.FRANCECONNECT_ACR,
    },
    problems,
  };
}

export function franceConnectConfig(values: Environment): Config['franceConnect'] {
  const issuer = issuerOf(values);
  if (issuer !== null) return { issuer };
  return values.MODE === 'demo' && values.FRANCECONNECT === undefined ? 'simulator' : 'off';
}

function issuerOf({ FRANCECONNECT: chosen }: Environment): string | null {
  if (chosen === undefined || chosen === 'off') return null;
  if (chosen === 'sandbox' || chosen === 'production') return knownIssuers[chosen];
  return URL.canParse(chosen) ? chosen.replace(/\/$/, '') : null;
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
