import type { DemoPerson } from '#src/register/fictitious/demo-register.ts';

export interface Found {
  readonly people: readonly DemoPerson[];
  readonly total: number;
  readonly page: number;
  readonly last: number;
}

const perPage = 50;

/** Those whose name, situation, number or postal code holds every word of `query`, one page of them. */
export function searchPeople(people: readonly DemoPerson[], query: string, asked: number): Found {
  const words = folded(query).split(' ').filter(Boolean);
  const found = people.filter((person) => {
    const text = searchable(person);
    return words.every((word) => text.includes(word));
  });
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(Math.max(1, asked), last);
  return { people: found.slice((page - 1) * perPage, page * perPage), total: found.length, page, last };
}

function searchable({ cle, situation, line }: DemoPerson): string {
  const { birthName, usageName, givenNames, nir, postalCode } = line;
  return folded(
    [cle, situation.fr, situation.en, birthName, usageName ?? '', ...givenNames, nir, postalCode].join(' '),
  );
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
}
