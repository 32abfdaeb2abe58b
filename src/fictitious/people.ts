import { cardsAndBanks } from '#src/fictitious/cards-and-banks.ts';
import { civilStatus } from '#src/fictitious/civil-status.ts';
import { entitlements } from '#src/fictitious/entitlements.ts';
import { homesAndAccounts } from '#src/fictitious/homes-and-accounts.ts';
import { lives } from '#src/fictitious/lives.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { walkers } from '#src/fictitious/walkers.ts';

/** The catalogue of situations: one invented person for each. */
export const people: readonly NamedPerson[] = [
  ...walkers,
  ...civilStatus,
  ...cardsAndBanks,
  ...entitlements,
  ...homesAndAccounts,
  ...lives,
];

/** The person of that name; throws for a name that is not in the catalogue. */
export function personNamed(cle: string): NamedPerson {
  const found = people.find((one) => one.cle === cle);
  if (!found) throw new Error(`Nobody is named ${cle}`);
  return found;
}
