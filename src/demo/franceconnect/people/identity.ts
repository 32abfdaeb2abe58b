import { createHash } from 'node:crypto';
import type { RegisterLine } from '#src/register/insured.ts';

/** What is sent about somebody: a claim that is absent is not known. */
export interface IdentityClaims {
  readonly given_name?: string;
  readonly given_name_array?: readonly string[];
  /** The birth name, in capitals. */
  readonly family_name?: string;
  /** The usage name. */
  readonly preferred_username?: string;
  /** What civil status does not know is completed with 01 … */
  readonly birthdate?: string;
  /** … and stays 00 here. */
  readonly idp_birthdate?: string;
  readonly gender?: 'male' | 'female' | 'unspecified';
  /** Empty for somebody born abroad. */
  readonly birthplace?: string;
  readonly birthcountry?: string;
  readonly email?: string;
}

/** Why the real FranceConnect would refuse somebody, by its own codes. */
export type RnippRefusal = 'Y010004' | 'Y010006' | 'Y010007' | 'Y010008' | 'Y010015';

/** Somebody whom a visitor of the demo may be. */
export interface SimulatedIdentity {
  /** Typed to sign in; the same as the key of the person in the demo's register, where there is one. */
  readonly identifiant: string;
  readonly situation: string;
  readonly claims: IdentityClaims;
  /** The people's register (RNIPP) does not vouch for them: they are sent back with an error. */
  readonly refusal: RnippRefusal | null;
}

/** Everybody's, as on FranceConnect's own test identities. */
export const simulatorPassword = '123';

/** Somebody's civil status as a population register writes it. */
export function civilStatusClaims(known: {
  readonly birthName: string;
  readonly givenNames: readonly string[];
  readonly usageName?: string | null;
  readonly birthDate: string;
  readonly gender: NonNullable<IdentityClaims['gender']>;
  readonly birthPlace: string;
  readonly birthCountry: string;
  readonly email?: string | null;
}): IdentityClaims {
  return {
    given_name: known.givenNames.join(' '),
    given_name_array: known.givenNames,
    family_name: capitals(known.birthName),
    ...(known.usageName ? { preferred_username: capitals(known.usageName) } : {}),
    birthdate: known.birthDate.replaceAll('-00', '-01'),
    idp_birthdate: known.birthDate,
    gender: known.gender,
    birthplace: known.birthPlace,
    birthcountry: known.birthCountry,
    ...(known.email ? { email: known.email } : {}),
  };
}

/** The civil status of somebody of the demo's register; their e-mail is the one that the caisse knows, or invented. */
export function registeredCivilStatus(cle: string, line: RegisterLine): IdentityClaims {
  return civilStatusClaims({
    ...line,
    gender: /^[137]/.test(line.nir) ? 'male' : 'female',
    email: line.knownEmail ?? `${cle}@example.org`,
  });
}

/**
 * The pairwise subject: 64 hexadecimal digits and `v1`, from the client and the civil status. It changes when civil
 * status is corrected, and the place counts for births in France only.
 */
export function subjectOf(claims: IdentityClaims, clientId: string, secret: string): string {
  const identity = [
    claims.given_name,
    claims.family_name,
    claims.birthdate,
    claims.gender,
    claims.birthcountry === '99100' ? claims.birthplace : '',
    claims.birthcountry,
  ];
  const text = JSON.stringify([clientId, ...identity.map((part) => part ?? ''), secret]);
  return `${createHash('sha256').update(text).digest('hex')}v1`;
}

function capitals(name: string): string {
  return name.replaceAll('’', "'").toLocaleUpperCase('fr');
}
