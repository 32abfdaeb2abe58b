import { z } from 'zod';
import { isFitAddress, isLocalHttp } from '#src/oidc/address.ts';

/** The provider says something of itself that this service cannot work with: `reason` names what, never repeats it. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
  readonly reason: string;
  constructor(reason: string) {
    super(`The provider cannot be used: ${reason}`);
    this.reason = reason;
  }
}

const list = z.array(z.string().max(200)).max(500).nullish();

/** What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is used here; nothing else is kept. */
function documentOf(issuer: string, needsUserinfo: boolean) {
  const local = isLocalHttp(issuer);
  const address = z.string().refine((text) => isFitAddress(text, local));
  return z.object({
    issuer: z.string().refine((named) => named === issuer || (named === `${issuer}/` && isBare(issuer))),
    authorization_endpoint: address,
    token_endpoint: address,
    userinfo_endpoint: needsUserinfo ? address : address.optional(),
    jwks_uri: address,
    end_session_endpoint: address.optional(),
    scopes_supported: list,
    token_endpoint_auth_methods_supported: list,
    claims_parameter_supported: z.boolean().nullish(),
    authorization_response_iss_parameter_supported: z.boolean().nullish(),
  });
}

/** A type and not an interface, so that it is a document of the library’s. */
export type ProviderMetadata = {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly userinfo_endpoint?: string;
  readonly jwks_uri: string;
  readonly end_session_endpoint?: string;
  readonly scopes_supported?: string[];
  readonly token_endpoint_auth_methods_supported?: string[];
  readonly claims_parameter_supported?: boolean;
  readonly authorization_response_iss_parameter_supported?: boolean;
};

/**
 * The provider’s document, judged as a whole: the issuer exactly as configured (the final slash of a bare host aside),
 * every address absolute, https (http on this machine only, for a provider that is there too), without credentials or
 * fragment, on a host that a policy header can name. Throws `Unfit`: one wrong member, and nothing of it is used.
 */
export function readMetadata(
  text: string,
  { issuer, needsUserinfo }: { readonly issuer: string; readonly needsUserinfo: boolean },
): ProviderMetadata {
  const read = documentOf(issuer, needsUserinfo).safeParse(readJson(text));
  if (!read.success) {
    const [member] = read.error.issues[0]?.path ?? [];
    throw new Unfit(member === undefined ? 'metadata' : `metadata-${String(member).replaceAll('_', '-')}`);
  }
  const {
    scopes_supported: scopes,
    token_endpoint_auth_methods_supported: methods,
    claims_parameter_supported: byName,
    authorization_response_iss_parameter_supported: withIssuer,
    userinfo_endpoint: userinfo,
    end_session_endpoint: end,
    ...addresses
  } = read.data;
  return {
    ...addresses,
    ...(userinfo === undefined ? {} : { userinfo_endpoint: userinfo }),
    ...(end === undefined ? {} : { end_session_endpoint: end }),
    ...(scopes ? { scopes_supported: scopes } : {}),
    ...(methods ? { token_endpoint_auth_methods_supported: methods } : {}),
    ...(byName ? { claims_parameter_supported: byName } : {}),
    ...(withIssuer ? { authorization_response_iss_parameter_supported: withIssuer } : {}),
  };
}

function isBare(issuer: string): boolean {
  return new URL(issuer).pathname === '/';
}

/** Undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
