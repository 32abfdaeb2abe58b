import type * as OpenId from 'openid-client';
import { isLocalHttp } from '#src/oidc/address.ts';
import { contentEncryption, decryptionKeysOf, signingKeyOf } from '#src/oidc/keys.ts';
import { type ProviderMetadata, readMetadata, Unfit } from '#src/oidc/metadata.ts';
import type { ClientSettings, Profile } from '#src/oidc/profile.ts';
import { timeoutSeconds, Unreachable, type Wire } from '#src/oidc/wire.ts';
import { toleratedSkewSeconds } from '#src/time/clock.ts';

/** The library, and what the provider says of itself. */
export interface Discovered {
  readonly openid: typeof OpenId;
  readonly metadata: ProviderMetadata;
  /** All that one journey needs, with how it asks. */
  configuration(fetch: Wire['fetch']): OpenId.Configuration;
}

export interface Discovery {
  /** Asked once an hour at most; what was known stays known while the provider does not answer as it should. */
  find(): Promise<Discovered>;
  /** Asks in the background where nothing is known yet. */
  warm(): void;
  /** False when the last thing it said of itself cannot be used, and nothing better is known. */
  fit(): boolean;
  /** Where browsers may be sent: the issuer, and what else it has named. The same list until it names others. */
  origins(): readonly string[];
}

const keptMs = 3_600_000;
/** What cannot be used is asked for again after this. */
const restMs = 30_000;

/** What of a profile the library has to know. */
type Requirements = Pick<Profile<unknown>, 'idTokenAlgorithm' | 'claims'>;

/** `onFailure` hears of each time that the provider did not answer as it should. */
export function openDiscovery(
  settings: ClientSettings,
  profile: Requirements,
  wire: Wire,
  elapsed: () => number,
  onFailure: (error: unknown) => void = () => {},
): Discovery {
  let known: Discovered | null = null;
  let knownAt = Number.NEGATIVE_INFINITY;
  let origins: readonly string[] = [new URL(settings.issuer).origin];
  let unfit: { readonly error: unknown; readonly at: number } | null = null;
  let asking: Promise<Discovered> | null = null;

  async function ask(): Promise<Discovered> {
    try {
      known = await discover(settings, profile, wire);
      knownAt = elapsed();
      unfit = null;
      origins = originsOf(known.metadata);
    } catch (error) {
      // One that does not answer at all is the breaker's to judge.
      if (!(error instanceof Unreachable)) unfit = { error, at: elapsed() };
      onFailure(error);
      if (!known) throw error;
    }
    return known;
  }

  return {
    find() {
      const now = elapsed();
      if (known && now - knownAt < keptMs) return Promise.resolve(known);
      if (unfit && now - unfit.at < restMs)
        return known ? Promise.resolve(known) : Promise.reject(unfit.error);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    warm() {
      // The next caller that needs it gets the failure.
      if (!known && !asking) this.find().catch(() => {});
    },
    fit: () => known !== null || unfit === null,
    origins: () => origins,
  };
}

function originsOf({ issuer, authorization_endpoint, end_session_endpoint = issuer }: ProviderMetadata) {
  const addresses = [issuer, authorization_endpoint, end_session_endpoint];
  return [...new Set(addresses.map((address) => new URL(address).origin))];
}

async function discover(
  settings: ClientSettings,
  { idTokenAlgorithm, claims }: Requirements,
  wire: Wire,
): Promise<Discovered> {
  const openid = await import('openid-client');
  const { issuer, clientId, encryptionKey } = settings;
  const metadata = await askMetadata(wire, issuer, claims !== 'id-token');
  await wire.warmKeys(metadata.jwks_uri);
  const authentication = await authenticationOf(openid, settings, metadata);
  const decryption = encryptionKey ? await decryptionKeysOf(encryptionKey.reveal()) : [];
  const expected = {
    id_token_signed_response_alg: idTokenAlgorithm,
    ...(typeof claims === 'object' ? { userinfo_signed_response_alg: claims.signedUserinfo } : {}),
    [openid.clockTolerance]: toleratedSkewSeconds,
  };
  return {
    openid,
    metadata,
    configuration(fetch) {
      const config = new openid.Configuration(metadata, clientId, expected, authentication);
      config[openid.customFetch] = fetch;
      config.timeout = timeoutSeconds;
      if (isLocalHttp(issuer)) openid.allowInsecureRequests(config);
      openid.enableNonRepudiationChecks(config);
      if (decryption.length > 0) openid.enableDecryptingResponses(config, contentEncryption, ...decryption);
      return config;
    },
  };
}

async function askMetadata(wire: Wire, issuer: string, needsUserinfo: boolean): Promise<ProviderMetadata> {
  const response = await wire.fetch(`${issuer}/.well-known/openid-configuration`, {
    method: 'GET',
    headers: { accept: 'application/json' },
    body: undefined,
    redirect: 'manual',
  });
  if (response.status !== 200) throw new Unfit('metadata-status');
  return readMetadata(await response.text(), { issuer, needsUserinfo });
}

/** The signing key before the secret; the secret in the body, unless the provider only takes it in the header. */
async function authenticationOf(
  openid: typeof OpenId,
  { signingKey, clientSecret }: ClientSettings,
  metadata: ProviderMetadata,
): Promise<OpenId.ClientAuth> {
  if (signingKey) return openid.PrivateKeyJwt(await signingKeyOf(signingKey.reveal()));
  const secret = clientSecret?.reveal() ?? '';
  const methods = metadata.token_endpoint_auth_methods_supported;
  const onlyHeader = methods?.includes('client_secret_basic') && !methods.includes('client_secret_post');
  return onlyHeader ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret);
}
