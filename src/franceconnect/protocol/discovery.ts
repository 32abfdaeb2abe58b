import type * as OpenId from 'openid-client';
import { type Clock, toleratedSkewSeconds } from '#src/clock.ts';
import { decryptionKeysOf, signingKeyOf } from '#src/franceconnect/protocol/keys.ts';
import { timeoutSeconds, type Wire } from '#src/franceconnect/protocol/wire.ts';
import type { FranceConnectSettings } from '#src/franceconnect/settings.ts';

/** The library, and what the provider says of itself. */
export interface Discovered {
  readonly openid: typeof OpenId;
  readonly metadata: Readonly<OpenId.ServerMetadata>;
  /** All that one journey needs, with how it asks. */
  configuration(fetch: Wire['fetch']): OpenId.Configuration;
}

export interface Discovery {
  /** Asked once an hour at most; what was known stays known while the provider does not answer. */
  find(): Promise<Discovered>;
  /** Asks in the background where nothing is known yet. */
  warm(): void;
  /** Where browsers may be sent: the issuer, and what else it has named. */
  origins(): readonly string[];
}

const keptMs = 3_600_000;

export function openDiscovery(settings: FranceConnectSettings, wire: Wire, clock: Clock): Discovery {
  let known: Discovered | null = null;
  let knownAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<Discovered> | null = null;

  async function ask(): Promise<Discovered> {
    try {
      known = await discover(settings, wire);
      knownAt = clock.now().getTime();
    } catch (error) {
      if (!known) throw error;
    }
    return known;
  }

  return {
    find() {
      if (known && clock.now().getTime() - knownAt < keptMs) return Promise.resolve(known);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    warm() {
      // Whoever needs it will hear of the failure.
      if (!known && !asking) this.find().catch(() => {});
    },
    origins() {
      const { authorization_endpoint: there, end_session_endpoint: end } = known?.metadata ?? {};
      const addresses = [settings.issuer, there, end].filter((address) => address !== undefined);
      return [...new Set(addresses.map((address) => new URL(address).origin))];
    },
  };
}

async function discover(settings: FranceConnectSettings, wire: Wire): Promise<Discovered> {
  const openid = await import('openid-client');
  const { issuer, clientId, encryptionKey } = settings;
  const insecure = issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [];
  const found = await openid.discovery(new URL(issuer), clientId, undefined, undefined, {
    execute: insecure,
    timeout: timeoutSeconds,
    [openid.customFetch]: wire.fetch,
  });
  const metadata = found.serverMetadata();
  const authentication = await authenticationOf(openid, settings, metadata);
  const decryption = encryptionKey ? await decryptionKeysOf(encryptionKey.reveal()) : [];
  const expected = {
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'ES256',
    [openid.clockTolerance]: toleratedSkewSeconds,
  };
  return {
    openid,
    metadata,
    configuration(fetch) {
      const config = new openid.Configuration(metadata, clientId, expected, authentication);
      config[openid.customFetch] = fetch;
      config.timeout = timeoutSeconds;
      for (const allow of insecure) allow(config);
      openid.enableNonRepudiationChecks(config);
      if (decryption.length > 0) openid.enableDecryptingResponses(config, ['A256GCM'], ...decryption);
      return config;
    },
  };
}

/** The signing key before the secret; the secret in the body, unless the provider only takes it in the header. */
async function authenticationOf(
  openid: typeof OpenId,
  { signingKey, clientSecret }: FranceConnectSettings,
  metadata: OpenId.ServerMetadata,
): Promise<OpenId.ClientAuth> {
  if (signingKey) return openid.PrivateKeyJwt(await signingKeyOf(signingKey.reveal()));
  const secret = clientSecret?.reveal() ?? '';
  const methods = metadata.token_endpoint_auth_methods_supported;
  const onlyHeader = methods?.includes('client_secret_basic') && !methods.includes('client_secret_post');
  return onlyHeader ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret);
}
