import {
  registeredCivilStatus,
  type SimulatedIdentity,
  simulatorPassword,
} from '#src/demo/franceconnect/people/identity.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What a person of a class types at FranceConnect. */
export function franceConnectOf({ email }: Pick<SeatPerson, 'email'>): {
  readonly identifier: string;
  readonly password: string;
} {
  return { identifier: email.split('@', 1)[0] ?? email, password: simulatorPassword };
}

/** A person of a class as FranceConnect knows them. */
export function classIdentity(of: SeatPerson): SimulatedIdentity {
  const { cle, line } = of.person;
  return {
    identifiant: franceConnectOf(of).identifier,
    situation: '',
    claims: registeredCivilStatus(cle, line),
    refusal: null,
  };
}
