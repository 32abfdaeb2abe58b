import type { Identity } from '#src/demo/franceconnect/people/identity.ts';

export interface FoundIdentities {
  readonly identities: readonly Identity[];
  readonly total: number;
  readonly page: number;
  readonly last: number;
}

const perPage = 25;

/** Those whose name, situation or identifier holds every word of `query`, one page of them. */
export function searchIdentities(all: readonly Identity[], query: string, asked: number): FoundIdentities {
  const words = folded(query).split(' ').filter(Boolean);
  const found = all.filter((identity) => {
    const { identifiant, situation, claims } = identity;
    const names = [claims.family_name, claims.preferred_username, claims.given_name, claims.birthdate];
    const text = folded([identifiant, situation, ...names.map((name) => name ?? '')].join(' '));
    return words.every((word) => text.includes(word));
  });
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(Math.max(1, asked), last);
  return { identities: found.slice((page - 1) * perPage, page * perPage), total: found.length, page, last };
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
}
