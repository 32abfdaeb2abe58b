import { sexOf } from '#src/civil-status/nir.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { Completion, FranceConnect, Proven } from '#src/franceconnect/france-connect.ts';

/** A provider without a network: answers whatever it was told to. */
export interface ScriptedFranceConnect extends FranceConnect {
  /** What every return is from now on. */
  answers(completion: Completion): void;
  /** Whether it can be reached. */
  isAway(away: boolean): void;
}

const origin = 'https://fournisseur.example';

export function scriptedFranceConnect(): ScriptedFranceConnect {
  let completion: Completion = { result: 'technical', reason: 'not-scripted' };
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
export function proven({ cle, line }: NamedPerson, changes: Partial<Proven> = {}): Completion {
  const { birthName: familyName, givenNames, birthDate, birthPlace, birthCountry, nir } = line;
  return {
    result: 'proven',
    proven: {
      issuer: origin,
      subject: `sujet-${cle}`,
      pivot: { familyName, givenNames, birthDate, birthPlace, birthCountry, gender: sexOf(nir) },
      email: `${cle}@exemple.fr`,
      idToken: 'a.b.c',
      ...changes,
    },
  };
}
