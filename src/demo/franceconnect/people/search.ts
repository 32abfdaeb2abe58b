import type { SimulatedIdentity } from '#src/demo/franceconnect/people/identity.ts';
import { type Found, search } from '#src/demo/people/search.ts';

/** Those whose name, situation or identifier holds every word of `query`, one page of them. */
export function searchIdentities(
  all: readonly SimulatedIdentity[],
  query: string,
  page: number,
): Found<SimulatedIdentity> {
  return search(all, { textOf: searchable, query, page, perPage: 25 });
}

function searchable({ identifiant, situation, claims }: SimulatedIdentity): string {
  const names = [claims.family_name, claims.preferred_username, claims.given_name, claims.birthdate];
  return [identifiant, situation, ...names.map((name) => name ?? '')].join(' ');
}
