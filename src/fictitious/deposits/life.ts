import type { Benefit } from '#src/fictitious/deposits/benefits.ts';
import {
  dentist,
  generalist,
  type Habit,
  hospitalStay,
  laboratory,
  optician,
  physiotherapy,
  specialist,
  treatment,
  xRay,
} from '#src/fictitious/deposits/care.ts';
import type { PaperName } from '#src/fictitious/deposits/papers.ts';
import { type Seeded, seeded } from '#src/fictitious/seeded.ts';
import type { RegisterLine } from '#src/register/insured.ts';

/** Somebody insured with the person. */
export interface Relative {
  readonly rank: number;
  readonly givenName: string;
  readonly birthDate: string;
}

/** What a caisse has to do with somebody: whom else it insures, what it pays, what it writes. */
export interface Life {
  readonly relatives: readonly Relative[];
  readonly habits: readonly Habit[];
  readonly benefits: readonly Benefit[];
  /** `solidarity`: nothing is kept back; `none`: no rights, so nothing is paid. */
  readonly cover: 'usual' | 'solidarity' | 'none';
  /** Why everything is paid at 100 %; null: it is not. */
  readonly exoneration: string | null;
  /** Documents besides those that everybody has. */
  readonly papers: readonly { readonly paper: PaperName; readonly rank: number }[];
}

const plain: Life = {
  relatives: [],
  habits: [],
  benefits: [],
  cover: 'usual',
  exoneration: null,
  papers: [],
};

const everyday: readonly Habit[] = [
  generalist(1, 0.45),
  specialist(1, 0.12, 'Consultation d’un dermatologue'),
  laboratory(1, 0.18),
  dentist(1, { every: 7, at: 3 }),
  optician(1, { every: 24, at: 8 }),
];

const diabetes = [
  { label: 'Metformine 1\u00a0000\u00a0mg', base: 518 },
  { label: 'Bandelettes de glycémie', base: 3320 },
];
const pressure = [{ label: 'Ramipril 5 mg', base: 512 }];

/** The lives of some named people, by `cle`. */
const named: Readonly<Record<string, Life>> = {
  'compte-ouvert': {
    ...plain,
    relatives: [
      { rank: 2, givenName: 'Louise', birthDate: '2013-03-17' },
      { rank: 3, givenName: 'Noé', birthDate: '2018-09-02' },
    ],
    habits: [
      ...everyday,
      generalist(2, 0.2),
      generalist(3, 0.4),
      dentist(2, { every: 9, at: 4 }),
      physiotherapy(1, { every: 9, at: 1 }),
      hospitalStay(3, { every: 18, at: 5 }),
    ],
    papers: [{ paper: 'rattachement-enfant.pdf', rank: 3 }],
  },
  'adresse-titulaire': {
    ...plain,
    relatives: [
      { rank: 2, givenName: 'Maxence', birthDate: '2004-05-21' },
      { rank: 3, givenName: 'Lison', birthDate: '2012-10-08' },
    ],
    habits: [...everyday, generalist(2, 0.4), generalist(3, 0.3), treatment(1, pressure, 65)],
  },
  'arret-de-travail': {
    ...plain,
    habits: [
      ...everyday,
      physiotherapy(1, { every: 6, at: 4 }),
      xRay(1, { every: 12, at: 9 }),
      hospitalStay(1, { every: 24, at: 9 }),
    ],
    benefits: [
      { kind: 'daily-allowance', daily: 3842, employer: 'Menuiserie Girard et fils' },
      { kind: 'work-accident-pension', quarterly: 43_260 },
    ],
    papers: [{ paper: 'indemnites-journalieres.pdf', rank: 1 }],
  },
  'longue-maladie': {
    ...plain,
    habits: [
      generalist(1, 0.7),
      treatment(1, diabetes, 100),
      laboratory(1, 0.3),
      specialist(1, 0.2, 'Consultation d’un endocrinologue'),
      hospitalStay(1, { every: 12, at: 2 }, 100),
    ],
    benefits: [{ kind: 'invalidity-pension', monthly: 98_740 }],
    exoneration: 'Affection de longue durée',
    papers: [
      { paper: 'accord-prise-en-charge.pdf', rank: 1 },
      { paper: 'pension-invalidite.pdf', rank: 1 },
    ],
  },
  'complementaire-solidaire': {
    ...plain,
    relatives: [{ rank: 2, givenName: 'Ilyes', birthDate: '2022-01-30' }],
    habits: [...everyday, generalist(2, 0.5)],
    cover: 'solidarity',
  },
  'droits-fermes': { ...plain, cover: 'none' },
};

/** The life of a named person, or of anybody: by their age, and a seed for each. */
export function lifeOf({ cle, line, seed }: { cle: string | null; line: RegisterLine; seed: number }): Life {
  const own = cle === null ? undefined : named[cle];
  if (own) return own;
  if (line.deceased || !line.certified) return { ...plain, cover: 'none' };
  const born = Number(line.birthDate.slice(0, 4));
  const random = seeded(seed);
  if (born < 1960) return old(random);
  const children =
    born < 1998 && born > 1975 && line.entitlement === 'ouvreur-de-droits' ? random.below(3) : 0;
  const relatives = Array.from({ length: children }, (_, index) => child(random, index + 2));
  return {
    ...plain,
    relatives,
    habits: [...everyday, ...often(random), ...relatives.map(({ rank }) => generalist(rank, 0.25))],
    cover: random.chance(0.1) ? 'solidarity' : 'usual',
  };
}

function old(random: Seeded): Life {
  const isIll = random.chance(0.4);
  return {
    ...plain,
    habits: [
      ...everyday,
      ...often(random),
      treatment(1, isIll ? [...diabetes, ...pressure] : pressure, isIll ? 100 : 65),
      xRay(1, { every: 8, at: random.below(8) }),
    ],
    exoneration: isIll ? 'Affection de longue durée' : null,
    papers: isIll ? [{ paper: 'accord-prise-en-charge.pdf', rank: 1 }] : [],
  };
}

function often(random: Seeded): readonly Habit[] {
  return [
    physiotherapy(1, { every: 11, at: random.below(11) }),
    hospitalStay(1, { every: 26, at: random.below(26) }),
  ];
}

const children = ['Alice', 'Nils', 'Capucine', 'Ismaël', 'Rose', 'Côme', 'Inaya', 'Sacha'] as const;

function child(random: Seeded, rank: number): Relative {
  const month = String(random.between(1, 12)).padStart(2, '0');
  const day = String(random.between(1, 28)).padStart(2, '0');
  return {
    rank,
    givenName: random.pick(children),
    birthDate: `${random.between(2012, 2023)}-${month}-${day}`,
  };
}
