import { z } from 'zod';
import type { AssuranceLevel, FranceConnectSettings } from '#src/config/franceconnect.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import type { Profile, RefusedReason, Supported } from '#src/oidc/profile.ts';
import { type OpenedProvider, openProvider, type ProviderOptions } from '#src/oidc/provider.ts';
import { paths } from '#src/paths.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import { clean } from '#src/texts/clean.ts';

/** How FranceConnect is named in stored journeys. */
export const franceConnectName = 'franceconnect';

const levels = ['eidas1', 'eidas2', 'eidas3'] as const satisfies readonly AssuranceLevel[];

/** FranceConnect v2, FranceConnect+ or their simulator, or any provider that speaks like them. */
function franceConnectProfile(least: AssuranceLevel): Profile<PivotIdentity> {
  return {
    name: franceConnectName,
    paths: { callback: paths.franceConnectReturn, signedOut: paths.franceConnectSignedOut },
    idTokenAlgorithm: 'ES256',
    claims: { signedUserinfo: 'ES256' },
    acr: { levels, least },
    parameters: (supported) => ({ ...dataAsked(supported), prompt: 'login' }),
    identityOf: readClaims,
    refusalOf,
  };
}

export type FranceConnect = OpenedProvider<PivotIdentity>;

/** The provider that proves who people are. */
export function openFranceConnect(settings: FranceConnectSettings, options: ProviderOptions): FranceConnect {
  return openProvider(franceConnectProfile(settings.acr), settings, options);
}

const data = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry', 'email'];

/**
 * One scope for each datum, as FranceConnect has them. A provider without such scopes is asked for `profile`, and for
 * the data by name where it takes that.
 */
function dataAsked({ scopes, claimsParameter }: Supported): { scope: string; claims?: string } {
  const known = data.filter((scope) => !scopes || scopes.includes(scope));
  const profile = scopes?.includes('profile') && !known.includes('given_name') ? ['profile'] : [];
  const scope = ['openid', ...profile, ...known].join(' ');
  if (!claimsParameter || known.length === data.length) return { scope };
  const userinfo = Object.fromEntries(data.map((claim) => [claim, null]));
  return { scope, claims: JSON.stringify({ userinfo, id_token: { acr: { essential: true } } }) };
}

/**
 * `access_denied` is said of somebody who went back, and of somebody whom civil status does not know or not for
 * certain; only the description tells them apart, where there is one.
 */
function refusalOf(description: string): RefusedReason {
  const went = description === '' || /abort|cancel|annul|interrupt|refus|denied|back/i.test(description);
  return went ? 'cancelled' : 'not-recognised';
}

const cleaned = z.string().max(300).transform(clean);
const text = cleaned.catch('');

const claimsSchema = z.object({
  family_name: text,
  given_name: text,
  given_name_array: z.array(cleaned).max(30).nullable().catch(null),
  birthdate: text,
  gender: text,
  birthplace: text,
  birthcountry: text,
  email: text,
});

/**
 * The pivot identity and the e-mail address among verified claims, cleaned as what is typed. What is missing or no text
 * is empty; what is no address is none.
 */
export function readClaims(claims: unknown): PivotIdentity {
  const read = claimsSchema.catch(claimsSchema.parse({})).parse(claims);
  const givenNames = read.given_name_array ?? read.given_name.split(' ');
  const email = parseEmail(read.email);
  return {
    pivot: {
      familyName: read.family_name,
      givenNames: givenNames.filter((name) => name !== ''),
      birthDate: read.birthdate,
      gender: read.gender,
      birthPlace: read.birthplace,
      birthCountry: read.birthcountry,
    },
    email: email.ok ? email.address : null,
  };
}
