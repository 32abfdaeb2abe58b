import { readOpenIdClient } from '#src/config/openid-client.ts';
import type { EnvironmentValues } from '#src/config/schema.ts';
import type { ClientSettings } from '#src/oidc/profile.ts';

export type AssuranceLevel = EnvironmentValues['FRANCECONNECT_ACR'];

/** The settings of this service as a client of FranceConnect, its simulator, or a provider with the same protocol. */
export interface FranceConnectSettings extends ClientSettings {
  /** The level of assurance requested, and the lowest accepted. */
  readonly acr: AssuranceLevel;
}

/** The issuer that is in use, or what stands in for one. */
export type FranceConnectChoice = 'off' | 'simulator' | { readonly issuer: string };

interface Reading {
  /** Null when it is off, the simulator's, or wrong. */
  readonly settings: FranceConnectSettings | null;
  readonly problems: readonly string[];
}

/** The issuers of FranceConnect v2. */
const knownIssuers = {
  sandbox: 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2',
  production: 'https://oidc.franceconnect.gouv.fr/api/v2',
} as const;

/** Validates the variables of FranceConnect together; one line for each problem, never a value. */
export function readFranceConnect(values: EnvironmentValues): Reading {
  const issuer = issuerOf(values);
  if (issuer === null) return { settings: null, problems: [] };
  const reading = readOpenIdClient('FRANCECONNECT', {
    issuer,
    isProduction: values.MODE === 'production',
    clientId: values.FRANCECONNECT_CLIENT_ID,
    clientSecret: values.FRANCECONNECT_CLIENT_SECRET,
    signingKey: values.FRANCECONNECT_SIGNING_KEY,
    encryptionKey: values.FRANCECONNECT_ENCRYPTION_KEY,
  });
  if (!reading.ok) return { settings: null, problems: reading.problems };
  return { settings: { ...reading.settings, acr: values.FRANCECONNECT_ACR }, problems: [] };
}

export function franceConnectConfig(values: EnvironmentValues): FranceConnectChoice {
  const issuer = issuerOf(values);
  if (issuer !== null) return { issuer };
  return values.MODE === 'demo' && values.FRANCECONNECT === undefined ? 'simulator' : 'off';
}

function issuerOf({ FRANCECONNECT: chosen }: EnvironmentValues): string | null {
  if (chosen === undefined || chosen === 'off') return null;
  if (chosen === 'sandbox' || chosen === 'production') return knownIssuers[chosen];
  return URL.canParse(chosen) ? chosen.replace(/\/$/, '') : null;
}
