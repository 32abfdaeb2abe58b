import codes from '#src/civil-status/commune-codes.json' with { type: 'json' };

export type CommuneMatch = 'same' | 'same-town' | 'former-code';

const communeOfArrondissement: Readonly<Record<string, string>> = codes.arrondissements;
const communeOfFormer: Readonly<Record<string, string>> = codes.former;

/**
 * Départements whose communes were all renumbered, keeping their last digits, and the first day of the new codes:
 * law of 10 July 1964 (around Paris), law of 15 May 1975 (Corsica), the département of Mayotte (2011).
 */
const renumberings: readonly {
  readonly from: RegExp;
  readonly to: RegExp;
  readonly on: string;
}[] = [
  { from: /^75/, to: /^9[234]/, on: '1968-01-01' },
  { from: /^78/, to: /^9[1-5]/, on: '1968-01-01' },
  { from: /^20/, to: /^2[AB]/, on: '1976-01-01' },
  { from: /^985(?=\d\d$)/, to: /^976(?=\d\d$)/, on: '2011-03-31' },
];

/** The two communes of Guadeloupe that became collectivities, which the official list does not link. */
const collectivities: ReadonlyMap<string, string> = new Map([
  ['97123', '97701'],
  ['97127', '97801'],
]);
const collectivitiesSince = '2007-07-15';

/**
 * How two codes of communes (COG) can be of the same place of birth, for a person born on `bornOn` (`yyyy-mm-dd`); null
 * when they are two places.
 *
 * - `same-town`: an arrondissement of Paris, Lyon or Marseille, and its commune.
 * - `former-code`: one is a former code of the other, by the official list: the commune was renumbered, or merged into
 *   the other. Files keep the code at the day of birth, or the present one. Two communes that were merged into a third
 *   remain two places.
 *
 * For a whole département the day of the renumbering is known: from that day on there is no birth under the old code.
 * The list has no dates of mergers, and needs none, since there is no birth in a commune that no longer exists.
 */
export function matchCommunes(a: string, b: string, bornOn: string): CommuneMatch | null {
  if (a === b) return 'same';
  const [townA, townB] = [townOf(a), townOf(b)];
  if (townA === townB) return townA === a || townB === b ? 'same-town' : null;
  return isFormer(townA, townB, bornOn) || isFormer(townB, townA, bornOn) ? 'former-code' : null;
}

/** The commune of an arrondissement; any other code itself. */
function townOf(code: string): string {
  return communeOfArrondissement[code] ?? code;
}

function isFormer(old: string, recent: string, bornOn: string): boolean {
  if (collectivities.get(old) === recent) return bornOn < collectivitiesSince;
  const renumbering = renumberings.find(({ from, to }) => from.test(old) && to.test(recent));
  if (renumbering && bornOn >= renumbering.on) return false;
  const keeps = renumbering && old.replace(renumbering.from, '') === recent.replace(renumbering.to, '');
  const successor = communeOfFormer[old] ?? old;
  // 78182 became 91182, which was merged into 91228: the list has both under 91228.
  if (keeps) return successor === (communeOfFormer[recent] ?? recent) || old.startsWith('985');
  return successor === recent;
}
