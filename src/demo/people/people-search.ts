import { type Found, search } from '#src/demo/people/search.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';

/** Those whose name, situation, number or postal code holds every word of `query`, one page of them. */
export function searchPeople(people: readonly DemoPerson[], query: string, page: number): Found<DemoPerson> {
  return search(people, { textOf: searchable, query, page, perPage: 50 });
}

function searchable({ cle, situation, line }: DemoPerson): string {
  const { birthName, usageName, givenNames, nir, postalCode } = line;
  return [cle, situation.fr, situation.en, birthName, usageName ?? '', ...givenNames, nir, postalCode].join(
    ' ',
  );
}
