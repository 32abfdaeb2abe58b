import type { Completion, Expected, FranceConnect } from '#src/franceconnect/france-connect.ts';
import { readClaims } from '#src/oidc/claims.ts';
import { type Discovered, openDiscovery } from '#src/oidc/discovery.ts';
import { failureOf, unfitnessOf } from '#src/oidc/failures.ts';
import { readKeys } from '#src/oidc/metadata.ts';
import { plainIdToken } from '#src/oidc/plain-id-token.ts';
import { openProviderBreaker } from '#src/oidc/provider-breaker.ts';
import type { FranceConnectSettings } from '#src/oidc/settings.ts';
import { idTokenFault, userinfoFault } from '#src/oidc/verify.ts';
import { type Journey, openWire } from '#src/oidc/wire.ts';
import { paths } from '#src/paths.ts';
import type { Clock } from '#src/time/clock.ts';

export interface ProviderOptions {
  /** Without a final slash; asked when it is needed, since the demo knows its port late. */
  readonly publicUrl: () => string;
  /** Hears, as a word and as what was thrown, of each time that the provider does not answer as it should. */
  readonly onFailure?: (reason: string, error: unknown) => void;
  /** The time of this machine: tokens are dated by the provider’s, whatever a demo pretends. */
  readonly clock: Clock;
}

/**
 * FranceConnect, or any OpenID provider that speaks like it: code flow with `state`, `nonce` and PKCE; ID token and
 * signed userinfo both verified, ES256 only. Nothing is asked of it, and no library is loaded, before the first use.
 */
export function openFranceConnect(
  settings: FranceConnectSettings,
  { publicUrl, clock, onFailure = () => {} }: ProviderOptions,
): FranceConnect {
  const breaker = openProviderBreaker(clock);
  const wire = openWire(breaker, clock, readKeys);
  const discovery = openDiscovery(settings, wire, clock, (error) =>
    onFailure(unfitnessOf(error) ?? 'unreachable', error),
  );

  return {
    available() {
      if (breaker.isResting) return false;
      discovery.warm();
      return discovery.fit();
    },
    origins: () => discovery.origins(),
    async authorization({ state, nonce, verifier }) {
      const discovered = await discovery.find().catch(() => null);
      if (!discovered) return null;
      const { openid, metadata } = discovered;
      return openid.buildAuthorizationUrl(discovered.configuration(wire.fetch), {
        redirect_uri: publicUrl() + paths.franceConnectReturn,
        ...asked(metadata),
        acr_values: settings.acr,
        prompt: 'login',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },
    async complete(callback, expected) {
      const address = new URL(publicUrl() + paths.franceConnectReturn);
      address.search = callback.toString();
      const discovered = await discovery.find().catch((error: unknown) => failureOf(error, callback));
      if ('result' in discovered) return discovered;
      const journey = wire.journey(discovered.metadata.jwks_uri);
      let broken: unknown;
      const completion = await judge(discovered, journey, address, expected)
        .catch((error) => {
          // Keys are rotated without a word: what they do not verify is judged once more under the newest.
          if (!journey.renewKeys()) throw error;
          return judge(discovered, journey, address, expected);
        })
        .catch((error: unknown) => {
          broken = error;
          return failureOf(error, callback);
        });
      if (completion.result === 'technical') onFailure(completion.reason, broken);
      return completion;
    },
    async endSession({ idToken, state }) {
      const discovered = await discovery.find().catch(() => null);
      if (!discovered?.metadata.end_session_endpoint || breaker.isResting) return null;
      return discovered.openid.buildEndSessionUrl(discovered.configuration(wire.fetch), {
        id_token_hint: idToken,
        state,
        post_logout_redirect_uri: publicUrl() + paths.franceConnectSignedOut,
      });
    },
  };

  async function judge(
    { openid, configuration, metadata }: Discovered,
    { fetch }: Journey,
    address: URL,
    { state, nonce, verifier }: Expected,
  ): Promise<Completion> {
    const config = configuration(fetch);
    const tokens = await openid.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const { clientId, acr } = settings;
    const { access_token: accessToken, id_token: idToken } = tokens;
    if (!claims || !idToken) return { result: 'technical', reason: 'id-token-missing' };
    if (idToken.length > longestToken || accessToken.length > longestToken)
      return { result: 'technical', reason: 'token-too-long' };
    const now = clock.now().getTime() / 1_000;
    const fault = idTokenFault(claims, { clientId, acr, accessToken }, now);
    if (fault) return { result: 'technical', reason: fault };
    const userinfo = await openid.fetchUserInfo(config, accessToken, claims.sub);
    const userinfoWrong = userinfoFault(userinfo, { clientId, issuer: metadata.issuer }, now);
    if (userinfoWrong) return { result: 'technical', reason: userinfoWrong };
    return {
      result: 'proven',
      proven: {
        issuer: metadata.issuer,
        subject: claims.sub,
        ...readClaims(userinfo),
        idToken: await plainIdToken(idToken, settings.encryptionKey),
      },
    };
  }
}

/** More than any has; the ID token goes back to the provider in an address. */
const longestToken = 8_192;

const wanted = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry', 'email'];

/**
 * One scope for each datum, as FranceConnect has them. A provider without such scopes is asked for `profile`, and for
 * the data by name where it takes that.
 */
function asked(metadata: Discovered['metadata']): Record<string, string> {
  const { scopes_supported: supported, claims_parameter_supported: byName } = metadata;
  const known = wanted.filter((scope) => !supported || supported.includes(scope));
  const profile = supported?.includes('profile') && !known.includes('given_name') ? ['profile'] : [];
  const scope = ['openid', ...profile, ...known].join(' ');
  if (!byName || known.length === wanted.length) return { scope };
  const userinfo = Object.fromEntries(wanted.map((claim) => [claim, null]));
  return { scope, claims: JSON.stringify({ userinfo, id_token: { acr: { essential: true } } }) };
}
