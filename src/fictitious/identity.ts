import { countries, familyNames, givenNames, particleNames } from '#src/fictitious/names-data.ts';
import { places } from '#src/fictitious/places.ts';
import type { Seeded } from '#src/fictitious/seeded.ts';
import type { RegisterLine } from '#src/register/insured.ts';

export type InventedIdentity = Pick<
  RegisterLine,
  'nir' | 'birthName' | 'usageName' | 'givenNames' | 'birthDate' | 'birthPlace' | 'birthCountry'
>;

/** Invents who a person is; their NIR is not in `taken`, where it is added. */
export function inventIdentity(
  random: Seeded,
  today: string,
  ages: { readonly from: number; readonly to: number },
  provisional: boolean,
  taken: Set<string>,
): InventedIdentity {
  const sex = random.chance(0.52) ? 'female' : 'male';
  const birthDate = inventBirthDate(random, today, ages);
  const birth = inventBirthPlace(random);
  const birthName = inventFamilyName(random);
  const usual = inventFamilyName(random);
  return {
    nir: inventNir(random, { sex, birthDate, ...birth, provisional }, taken),
    birthName,
    usageName: random.chance(sex === 'female' ? 0.4 : 0.03)
      ? inventUsageName(random, birthName, usual)
      : null,
    givenNames: inventGivenNames(random, sex, Number(birthDate.slice(0, 4))),
    birthDate,
    ...birth,
  };
}

/** Ages thin out towards the top of the range. */
function inventBirthDate(random: Seeded, today: string, ages: { from: number; to: number }): string {
  const span = ages.to - ages.from;
  const age = ages.from + Math.min(random.below(span), random.below(span) + 20);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const latest = Date.UTC(year - age, month - 1, day);
  return new Date(latest - random.between(1, 364) * 86_400_000).toISOString().slice(0, 10);
}

function inventBirthPlace(random: Seeded): Pick<InventedIdentity, 'birthPlace' | 'birthCountry'> {
  if (random.chance(0.12)) return { birthPlace: '', birthCountry: random.pick(countries) };
  return { birthPlace: random.pick(places).insee, birthCountry: '99100' };
}

function inventFamilyName(random: Seeded): string {
  const name = random.pick(familyNames);
  const other = random.pick(familyNames);
  if (random.chance(0.06) && other !== name) return `${name}-${other}`;
  return random.chance(0.06) ? random.pick(particleNames) : name;
}

function inventUsageName(random: Seeded, birthName: string, usual: string): string {
  return random.chance(0.15) ? `${birthName}-${usual}` : usual;
}

function inventGivenNames(random: Seeded, sex: 'female' | 'male', year: number): string[] {
  const [old, middle, recent] = givenNames[sex];
  const list = year < 1960 ? old : year < 1990 ? middle : recent;
  const names = new Set(Array.from({ length: random.between(1, 3) }, () => random.pick(list)));
  return [...names];
}

interface Birth extends Pick<InventedIdentity, 'birthDate' | 'birthPlace' | 'birthCountry'> {
  readonly sex: 'female' | 'male';
  readonly provisional: boolean;
}

function inventNir(random: Seeded, birth: Birth, taken: Set<string>): string {
  const digit = (birth.sex === 'male' ? 1 : 2) + (birth.provisional ? 6 : 0);
  const start = `${digit}${birth.birthDate.slice(2, 4)}${birth.birthDate.slice(5, 7)}${placeCode(birth)}`;
  for (;;) {
    const nir = start + String(random.between(1, 999)).padStart(3, '0');
    if (taken.has(nir)) continue;
    taken.add(nir);
    return nir;
  }
}

/**
 * Département and commune as they were numbered at birth: abroad 99 and the country; Corsica 20 before 1976;
 * around Paris 75 or 78 before 1968.
 */
function placeCode({ birthPlace, birthCountry, birthDate }: Birth): string {
  if (birthPlace === '') return birthCountry;
  const commune = birthPlace.slice(2);
  if (/^2[AB]/.test(birthPlace) && birthDate < '1976-01-01') return `20${commune}`;
  if (/^9[234]/.test(birthPlace) && birthDate < '1968-01-01') return `75${commune}`;
  if (/^9[15]/.test(birthPlace) && birthDate < '1968-01-01') return `78${commune}`;
  return birthPlace;
}
