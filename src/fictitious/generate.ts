import { type CaisseReference, shippedReference } from '#src/caisses/reference.ts';
import { normalizeName } from '#src/civil-status/names.ts';
import { frenchIban } from '#src/fictitious/bank-account.ts';
import { type InventedIdentity, inventIdentity } from '#src/fictitious/identity.ts';
import { streets } from '#src/fictitious/names-data.ts';
import { caisseOf, places, type Town, townLine } from '#src/fictitious/places.ts';
import { type Seeded, seeded } from '#src/fictitious/seeded.ts';
import type { RegisterLine } from '#src/register/insured.ts';

export interface GenerateOptions {
  /** The same seed, count and day give the same people. */
  readonly seed: number;
  readonly count: number;
  /** `yyyy-mm-dd`: everybody is 18 to 98 that day, except the ayants droit, 16 or 17. */
  readonly today: string;
  readonly reference?: CaisseReference;
  /** NIR that nobody may have: those of other people in the same register. */
  readonly taken?: Iterable<string>;
  /** Everybody is of this kind; by default each is of any. */
  readonly only?: GeneratedKind;
}

/** What sets a generated person apart, and how many of 1,000 are so. */
const shares = {
  'carte-photo': 800,
  'carte-sans-photo': 135,
  'regime-non-admis': 10,
  'ayant-droit': 10,
  'sans-carte': 10,
  'carte-perdue': 8,
  'sans-iban': 8,
  'carte-expiree': 7,
  'mutation-inachevee': 5,
  decede: 4,
  'numero-provisoire': 3,
} as const;
export type GeneratedKind = keyof typeof shares;

export interface Generated {
  readonly kind: GeneratedKind;
  readonly line: RegisterLine;
}

const kinds: readonly GeneratedKind[] = Object.entries(shares).flatMap(([kind, share]) =>
  isKind(kind) ? Array.from({ length: share }, () => kind) : [],
);

function isKind(name: string): name is GeneratedKind {
  return name in shares;
}

const admitted = ['CAMIEG', 'CANSSM', 'CAVIMAC', 'CNMSS', 'CRPCEN', 'ENIM', 'MGP'] as const;
const notAdmitted = ['MSA', 'MSA', 'MGEN'] as const;
/** Bank codes that no bank has. */
const banks = ['39991', '39993', '39994', '39997'] as const;

/**
 * Invents `count` people who could be real and are not: French names with their accents, particles and
 * hyphens, NIR with valid structure, IBAN with valid keys, no NIR twice. More than nine in ten may use the card
 * route; the others each meet one obstacle, told by `kind`.
 */
export function* generatePeople(options: GenerateOptions): Generator<Generated> {
  const random = seeded(options.seed);
  const reference = options.reference ?? shippedReference();
  const taken = new Set<string>(options.taken ?? []);
  for (let index = 0; index < options.count; index += 1) {
    const kind = options.only ?? random.pick(kinds);
    const ages = kind === 'ayant-droit' ? { from: 16, to: 18 } : { from: 18, to: 99 };
    const identity = inventIdentity(random, options.today, ages, kind === 'numero-provisoire', taken);
    yield { kind, line: inventLine(random, reference, kind, identity, index) };
  }
}

/** The same people as lines of a register file. */
export function* generateRegister(options: GenerateOptions): Generator<RegisterLine> {
  for (const { line } of generatePeople(options)) yield line;
}

function inventLine(
  random: Seeded,
  reference: CaisseReference,
  kind: GeneratedKind,
  identity: InventedIdentity,
  index: number,
): RegisterLine {
  const home = random.pick(places);
  return {
    ...identity,
    certified: kind !== 'numero-provisoire',
    deceased: kind === 'decede',
    address: [`${random.between(1, 140)} ${random.pick(streets)}`, townLine(home)],
    postalCode: home.postalCode,
    formerPostalCodes: random.chance(0.15) ? [otherPostalCode(random, home)] : [],
    regime: inventRegime(random, kind),
    caisse: caisseOf(home, reference),
    entitlement: kind === 'ayant-droit' ? 'ayant-droit' : 'ouvreur-de-droits',
    iban: kind === 'sans-iban' ? null : inventIban(random),
    card: inventCard(random, kind),
    knownEmail: random.chance(0.5) ? emailOf(identity, index) : null,
    knownMobile: random.chance(0.6) ? `+3363998${random.digits(4)}` : null,
  };
}

function otherPostalCode(random: Seeded, home: Town): string {
  return random.pick(places.filter(({ postalCode }) => postalCode !== home.postalCode)).postalCode;
}

function inventRegime(random: Seeded, kind: GeneratedKind): string {
  if (kind === 'regime-non-admis') return random.pick(notAdmitted);
  return random.chance(0.05) ? random.pick(admitted) : 'GENERAL';
}

function inventIban(random: Seeded): string {
  if (random.chance(0.12)) {
    return frenchIban(
      '20041',
      '00099',
      `${random.digits(7)}${random.pick([...'ABCDEFGHKLMNPRSTUVWXYZ'])}${random.digits(3)}`,
    );
  }
  return frenchIban(random.pick(banks), random.digits(5), random.digits(11));
}

function inventCard(random: Seeded, kind: GeneratedKind): RegisterLine['card'] {
  if (kind === 'sans-carte') return null;
  const type =
    kind === 'carte-sans-photo' || (kind !== 'carte-photo' && random.chance(0.2)) ? 'sans-photo' : 'photo';
  const lost = kind === 'carte-perdue' ? 'lost' : 'active';
  return {
    type,
    serial: type === 'photo' ? random.digits(11) : plainSerial(random),
    state: kind === 'carte-expiree' ? 'expired' : lost,
    transfer: kind === 'mutation-inachevee' ? 'unfinished' : 'finished',
  };
}

/** Never 13 digits that read as a NIR: the first is a 9. */
function plainSerial(random: Seeded): string {
  return `9${random.digits(random.pick([8, 9, 12, 13]) - 1)}`;
}

function emailOf({ givenNames, birthName }: InventedIdentity, index: number): string {
  const word = (text: string) =>
    normalizeName(text)
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-');
  return `${word(givenNames[0] ?? '')}.${word(birthName)}.${index + 1}@example.org`;
}
