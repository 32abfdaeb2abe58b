import { sexOf } from '#src/civil-status/nir.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { Completion, OpenIdProvider, Proven } from '#src/oidc/provider.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';

/** A provider without a network: answers whatever it was told to. */
export interface ScriptedFranceConnect extends OpenIdProvider<PivotIdentity> {
  /** What every return is from now on. */
  answers(completion: Completion<PivotIdentity>): void;
  /** Whether it can be reached. */
  isAway(away: boolean): void;
}

const origin = 'https://fournisseur.example';

export function scriptedFranceConnect(): ScriptedFranceConnect {
  let completion: Completion<PivotIdentity> = { kind: 'invalid', detail: 'not-scripted' };
  let away = false;
  return {
    answers(next) {
      completion = next;
    },
    isAway(next) {
      away = next;
    },
    available: () => !away,
    origins: () => [origin],
    authorization: async ({ state }) => (away ? null : new URL(`${origin}/authorize?state=${state}`)),
    complete: async () => completion,
    endSession: async ({ state }) => (away ? null : new URL(`${origin}/session/end?state=${state}`)),
  };
}

/** Somebody of the register, proved. */
export function proven(
  { cle, line }: NamedPerson,
  changes: Partial<Proven<PivotIdentity>> = {},
): Completion<PivotIdentity> {
  const { birthName: familyName, givenNames, birthDate, birthPlace, birthCountry, nir } = line;
  return {
    kind: 'proven',
    proven: {
      issuer: origin,
      subject: `sujet-${cle}`,
      identity: {
        pivot: { familyName, givenNames, birthDate, birthPlace, birthCountry, gender: sexOf(nir) },
        email: `${cle}@exemple.fr`,
      },
      idToken: 'a.b.c',
      ...changes,
    },
  };
}
