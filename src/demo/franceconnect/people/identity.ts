import { createHash } from 'node:crypto';
import type { RegisterLine } from '#src/register/insured.ts';

/** The claims about a person; an absent claim is unknown to FranceConnect. */
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

/** The error code with which the real FranceConnect would refuse a person. */
export type RnippRefusal = 'Y010004' | 'Y010006' | 'Y010007' | 'Y010008' | 'Y010015';

/** A person as whom a visitor of the demo can sign in. */
export interface SimulatedIdentity {
  /** Typed to sign in; the same as the key of the person in the demo's register, where there is one. */
  readonly identifiant: string;
  readonly situation: string;
  readonly claims: IdentityClaims;
  /** The population register (RNIPP) does not confirm them: they return to the service with an error. */
  readonly refusal: RnippRefusal | null;
}

/** The password of every identity, as for the test identities of FranceConnect. */
export const simulatorPassword = '123';

/** The civil status of a person as the population register writes it. */
export function civilStatusClaims(person: {
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
    given_name: person.givenNames.join(' '),
    given_name_array: person.givenNames,
    family_name: capitals(person.birthName),
    ...(person.usageName ? { preferred_username: capitals(person.usageName) } : {}),
    birthdate: person.birthDate.replaceAll('-00', '-01'),
    idp_birthdate: person.birthDate,
    gender: person.gender,
    birthplace: person.birthPlace,
    birthcountry: person.birthCountry,
    ...(person.email ? { email: person.email } : {}),
  };
}

/** The civil status of a person of the demo's register; their e-mail is the one that the caisse has, or invented. */
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
