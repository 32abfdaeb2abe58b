import { createPrivateKey } from 'node:crypto';
import type { EnvironmentReading } from '#src/config/environment.ts';

export interface Dkim {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly key: string;
}

const leastBits = 2048;

/** The three variables of DKIM together, or what is wrong with them (RFC 8301: RSA, 2048 bits). */
export function readDkim({ values, faulty }: EnvironmentReading, problems: string[]): Dkim | null {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: key, MAIL_FROM: from } = values;
  if (!domain && !selector && !key) return null;
  const variables = { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: key };
  for (const [name, value] of Object.entries(variables))
    if (!value && !faulty.has(name)) problems.push(`${name}: is missing, the other DKIM variables need it`);
  if (!domain || !selector || !key) return null;
  if (from && !isWithin(from.slice(from.lastIndexOf('@') + 1), domain))
    problems.push('DKIM_DOMAIN: must be the domain of MAIL_FROM, or above it');
  const pem = key.replaceAll('\\n', '\n');
  const bits = rsaBits(pem);
  if (bits !== null && bits >= leastBits) return { domain, selector, key: pem };
  problems.push(`DKIM_PRIVATE_KEY: must be an RSA key of ${leastBits} bits or more, in PEM`);
  return null;
}

/** Whether a domain is another one, or below it. */
export function isWithin(domain: string, above: string): boolean {
  return `.${domain.toLowerCase()}`.endsWith(`.${above.toLowerCase()}`);
}

function rsaBits(pem: string): number | null {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' ? (asymmetricKeyDetails?.modulusLength ?? null) : null;
  } catch {
    return null;
  }
}
