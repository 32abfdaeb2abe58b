import { type Discovered, openDiscovery } from '#src/oidc/discovery.ts';
import { type Failure, failureOf, unfitnessOf } from '#src/oidc/failures.ts';
import { plainIdToken, readKeys } from '#src/oidc/keys.ts';
import type { ClientSettings, Profile, Supported } from '#src/oidc/profile.ts';
import { openProviderBreaker } from '#src/oidc/provider-breaker.ts';
import type { JourneySecrets } from '#src/oidc/transaction.ts';
import { idTokenFault, userinfoFault } from '#src/oidc/verify.ts';
import { type JourneyWire, openWire } from '#src/oidc/wire.ts';
import type { Clock } from '#src/time/clock.ts';

/** Somebody whom the provider knows. */
export interface Proven<Identity> {
  readonly issuer: string;
  readonly subject: string;
  readonly identity: Identity;
  /** Kept sealed for the logout, nothing else of the answer is. */
  readonly idToken: string;
}

export type Completion<Identity> = { readonly kind: 'proven'; readonly proven: Proven<Identity> } | Failure;

/** A provider as pages see it. */
export interface OpenIdProvider<Identity> {
  /** False while it is known to fail: it is not offered. */
  available(): boolean;
  /** Origins that forms of ours may lead to. */
  origins(): readonly string[];
  /** Where the browser goes; null when the provider cannot be reached. */
  authorization(secrets: JourneySecrets): Promise<URL | null>;
  /** Judges the address that the browser came back to. */
  complete(callback: URLSearchParams, secrets: JourneySecrets): Promise<Completion<Identity>>;
  /** Where the browser goes to end the provider's session; null when it cannot be reached, or ends none. */
  endSession(logout: { readonly idToken: string; readonly state: string }): Promise<URL | null>;
}

/** The same as its operator sees it. */
export interface OpenedProvider<Identity> extends OpenIdProvider<Identity> {
  /** What of it cannot be used, by a word, asked now; null when everything can. */
  unfitness(): Promise<string | null>;
}

export interface ProviderOptions {
  /** Without a final slash; asked when it is needed, since the demo knows its port late. */
  readonly publicUrl: () => string;
  /** Hears, as a word and as what was thrown, of each time that the provider does not answer as it should. */
  readonly onFailure?: (reason: string, error: unknown) => void;
  /** The time of this machine: tokens are dated by the provider’s, whatever a demo pretends. */
  readonly clock: Clock;
  /** Milliseconds of what does not jump with that clock: what the provider said is kept for so long, and it is left alone for so long. */
  readonly elapsed?: () => number;
}

/** More than any has; the ID token goes back to the provider in an address. */
const longestToken = 8_192;

/**
 * A strict client of one OpenID provider: code flow with `state`, `nonce` and PKCE; the ID token always verified, claims
 * from where the profile says, one algorithm for each. Nothing is asked of the provider, and no library is loaded,
 * before the first use.
 */
export function openProvider<Identity>(
  profile: Profile<Identity>,
  settings: ClientSettings,
  { publicUrl, clock, elapsed = () => performance.now(), onFailure = () => {} }: ProviderOptions,
): OpenedProvider<Identity> {
  const breaker = openProviderBreaker(elapsed);
  const { within, issuer } = settings;
  const elsewhere = (address: string, origin: string | undefined) =>
    origin === undefined ? address : address.replace(new URL(issuer).origin, origin);
  const wire = openWire(
    breaker,
    elapsed,
    (jwks) => readKeys(jwks, algorithmsOf(profile)),
    (address) => elsewhere(address, within?.service),
  );
  const forBrowser = (address: URL) => new URL(elsewhere(address.href, within?.browser));
  const discovery = openDiscovery(settings, profile, wire, elapsed, (error) =>
    onFailure(unfitnessOf(error) ?? 'unreachable', error),
  );
  const { acr, paths } = profile;
  const ownOrigins = within ? [within.browser] : null;

  return {
    available() {
      if (breaker.isResting) return false;
      discovery.warm();
      return discovery.fit();
    },
    origins: () => ownOrigins ?? discovery.origins(),
    unfitness: () =>
      discovery.find().then(
        () => null,
        (error: unknown) => unfitnessOf(error) ?? 'unreachable',
      ),
    async authorization({ state, nonce, verifier }) {
      const discovered = await discovery.find().catch(() => null);
      if (!discovered) return null;
      const { openid, metadata } = discovered;
      const address = openid.buildAuthorizationUrl(discovered.configuration(wire.fetch), {
        ...profile.parameters(supportedBy(metadata)),
        redirect_uri: publicUrl() + paths.callback,
        ...(acr ? { acr_values: acr.least } : {}),
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return forBrowser(address);
    },
    async complete(callback, secrets) {
      const address = new URL(publicUrl() + paths.callback);
      address.search = callback.toString();
      const discovered = await discovery
        .find()
        .catch((error: unknown) => failureOf(error, callback, profile.refusalOf));
      if ('kind' in discovered) return discovered;
      const journey = wire.journey(discovered.metadata.jwks_uri);
      let thrown: unknown;
      const completion = await judge(discovered, journey, address, secrets)
        .catch((error) => {
          // Keys are rotated without a word: what they do not verify is judged once more under the newest.
          if (!journey.renewKeys()) throw error;
          return judge(discovered, journey, address, secrets);
        })
        .catch((error: unknown) => {
          thrown = error;
          return failureOf(error, callback, profile.refusalOf);
        });
      if (completion.kind === 'unavailable' || completion.kind === 'invalid')
        onFailure(completion.detail, thrown);
      return completion;
    },
    async endSession({ idToken, state }) {
      if (paths.signedOut === null) return null;
      const discovered = await discovery.find().catch(() => null);
      if (!discovered?.metadata.end_session_endpoint || breaker.isResting) return null;
      const address = discovered.openid.buildEndSessionUrl(discovered.configuration(wire.fetch), {
        id_token_hint: idToken,
        state,
        post_logout_redirect_uri: publicUrl() + paths.signedOut,
      });
      return forBrowser(address);
    },
  };

  /** Exchanges the code, and verifies what the provider answers; throws what the library does. */
  async function judge(
    { openid, configuration, metadata }: Discovered,
    { fetch }: JourneyWire,
    address: URL,
    { state, nonce, verifier }: JourneySecrets,
  ): Promise<Completion<Identity>> {
    const config = configuration(fetch);
    const tokens = await openid.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const { clientId } = settings;
    const { access_token: accessToken, id_token: idToken } = tokens;
    if (!claims || !idToken) return invalid('id-token-missing');
    if (idToken.length > longestToken || accessToken.length > longestToken) return invalid('token-too-long');
    const now = clock.now().getTime() / 1_000;
    const algorithm = profile.idTokenAlgorithm;
    const fault = idTokenFault(claims, { clientId, acr, algorithm, accessToken }, now);
    if (fault) return invalid(fault);
    const about =
      profile.claims === 'id-token' ? claims : await openid.fetchUserInfo(config, accessToken, claims.sub);
    const isSigned = typeof profile.claims === 'object';
    const userinfoWrong = isSigned ? userinfoFault(about, { clientId, issuer: metadata.issuer }, now) : null;
    if (userinfoWrong) return invalid(userinfoWrong);
    return {
      kind: 'proven',
      proven: {
        issuer: metadata.issuer,
        subject: claims.sub,
        identity: profile.identityOf(about),
        idToken: await plainIdToken(idToken, settings.encryptionKey?.reveal() ?? null),
      },
    };
  }
}

function algorithmsOf({ idTokenAlgorithm, claims }: Pick<Profile<unknown>, 'idTokenAlgorithm' | 'claims'>) {
  return typeof claims === 'object' ? [idTokenAlgorithm, claims.signedUserinfo] : [idTokenAlgorithm];
}

function supportedBy(metadata: Discovered['metadata']): Supported {
  return {
    scopes: metadata.scopes_supported ?? null,
    claimsParameter: metadata.claims_parameter_supported ?? false,
  };
}

function invalid(detail: string): Failure {
  return { kind: 'invalid', detail };
}
