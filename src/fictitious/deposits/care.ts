import { type Seeded, seeded } from '#src/fictitious/seeded.ts';
import type { Act } from '#src/reimbursement/payment.ts';

/** One act of care, before anything is paid for it. */
export interface Care {
  readonly act: Act;
  readonly label: string;
  readonly rank: number;
  readonly caredOn: string;
  /** The day of the bill: that of the last act of a series. */
  readonly billedOn: string;
  /** In cents. */
  readonly paid: number;
  readonly base: number;
  readonly rate: number;
  /** Who is paid in the place of the insured; null: they paid themselves. */
  readonly provider: string | null;
}

/** A month of somebody’s life. */
export interface CareMonth {
  /** Months since January 2000: what comes back every so often is counted by it. */
  readonly index: number;
  readonly random: Seeded;
  readonly providers: Providers;
  /** A day of the month, `yyyy-mm-dd`: the 28th at most. */
  readonly day: (day: number) => string;
}

/** What somebody does now and then, or at fixed times. */
export type Habit = (month: CareMonth) => readonly Care[];

/** Who is paid in the place of somebody: always the same ones. */
export interface Providers {
  readonly pharmacy: string;
  readonly laboratory: string;
  readonly hospital: string;
  readonly transport: string;
}

const pharmacies = ['des Tilleuls', 'de la Halle', 'du Vieux Pont', 'des Quatre Saisons', 'de la Fontaine'];
const laboratories = ['Bellevue', 'des Remparts', 'Grand Place', 'Les Acacias'];
const hospitals = ['des Trois Rivières', 'Simone-Lagrange', 'du Haut Pays', 'de la Vallée Verte'];
const ambulances = ['des Collines', 'du Lac', 'Saint-Amable'];

export function inventProviders(seed: number): Providers {
  const random = seeded(seed);
  return {
    pharmacy: `Pharmacie ${random.pick(pharmacies)}`,
    laboratory: `Laboratoire ${random.pick(laboratories)}`,
    hospital: `Centre hospitalier ${random.pick(hospitals)}`,
    transport: `Ambulances ${random.pick(ambulances)}`,
  };
}

interface Priced extends Pick<Care, 'act' | 'label' | 'rank' | 'caredOn' | 'base' | 'rate'> {
  readonly paid?: number;
  readonly billedOn?: string;
  readonly provider?: string;
}

function care({ paid, billedOn, provider, ...rest }: Priced): Care {
  return {
    ...rest,
    paid: paid ?? rest.base,
    billedOn: billedOn ?? rest.caredOn,
    provider: provider ?? null,
  };
}

const medicines = [
  { label: 'Paracétamol 1 g', base: 218, rate: 65 },
  { label: 'Amoxicilline 1 g', base: 366, rate: 65 },
  { label: 'Ibuprofène 400 mg', base: 242, rate: 65 },
  { label: 'Collyre', base: 315, rate: 30 },
  { label: 'Sirop contre la toux', base: 196, rate: 15 },
] as const;

/** Sees a general practitioner in a share of the months, and takes a prescription to the pharmacy. */
export function generalist(rank: number, share: number): Habit {
  return ({ random, providers, day }) => {
    if (!random.chance(share)) return [];
    const on = random.between(1, 28);
    const caredOn = day(on);
    const boxes = Array.from({ length: random.between(1, 3) }, () => random.pick(medicines));
    return [
      care({
        act: 'consultation',
        label: 'Consultation d’un médecin généraliste',
        rank,
        caredOn,
        base: caredOn < '2024-12-22' ? 2650 : 3000,
        rate: 70,
      }),
      ...boxes.map((box) =>
        care({ act: 'medicine-box', ...box, rank, caredOn, provider: providers.pharmacy }),
      ),
    ];
  };
}

/** Takes the same medicines every month. */
export function treatment(
  rank: number,
  boxes: readonly { readonly label: string; readonly base: number }[],
  rate: number,
): Habit {
  return ({ providers, day }) =>
    boxes.map((box) =>
      care({ act: 'medicine-box', ...box, rank, caredOn: day(8), rate, provider: providers.pharmacy }),
    );
}

/** Sees a doctor who asks for more than the tariff. */
export function specialist(rank: number, share: number, label: string): Habit {
  return ({ random, day }) =>
    random.chance(share)
      ? [
          care({
            act: 'consultation',
            label,
            rank,
            caredOn: day(random.between(1, 28)),
            paid: 5500,
            base: 3150,
            rate: 70,
          }),
        ]
      : [];
}

export function laboratory(rank: number, share: number): Habit {
  return ({ random, providers, day }) =>
    random.chance(share)
      ? [
          care({
            act: 'laboratory',
            label: 'Analyses de sang',
            rank,
            caredOn: day(random.between(1, 28)),
            base: random.between(14, 48) * 100,
            rate: 60,
            provider: providers.laboratory,
          }),
        ]
      : [];
}

/** What comes back every so many months. */
interface Recurring {
  readonly every: number;
  readonly at: number;
}

function falls({ index }: CareMonth, { every, at }: Recurring): boolean {
  return index % every === at;
}

const sessionDays = [2, 5, 9, 12, 16, 19, 23, 26];

/** A series of sessions within a month, on one bill. */
export function physiotherapy(rank: number, when: Recurring): Habit {
  return (month) =>
    falls(month, when)
      ? sessionDays.map((day) =>
          care({
            act: 'paramedical',
            label: 'Séance de kinésithérapie',
            rank,
            caredOn: month.day(day),
            billedOn: month.day(26),
            base: 1613,
            rate: 60,
          }),
        )
      : [];
}

export function dentist(rank: number, when: Recurring): Habit {
  return (month) =>
    falls(month, when)
      ? [
          { label: 'Détartrage', base: 2892 },
          { label: 'Soin d’une carie', base: 2697 },
        ].map((act) => care({ act: 'other', ...act, rank, caredOn: month.day(14), rate: 60 }))
      : [];
}

export function xRay(rank: number, when: Recurring): Habit {
  return (month) =>
    falls(month, when)
      ? [care({ act: 'x-ray', label: 'Radiographie', rank, caredOn: month.day(11), base: 3325, rate: 70 })]
      : [];
}

/** Glasses, of which hardly anything is reimbursed. */
export function optician(rank: number, when: Recurring): Habit {
  return (month) =>
    falls(month, when)
      ? [
          { label: 'Monture de lunettes', paid: 8900, base: 5 },
          { label: 'Deux verres de lunettes', paid: 16_000, base: 10 },
        ].map((part) => care({ act: 'other', ...part, rank, caredOn: month.day(20), rate: 60 }))
      : [];
}

/** A stay of three days, with the way there. */
export function hospitalStay(rank: number, when: Recurring, rate = 80): Habit {
  return (month) => {
    if (!falls(month, when)) return [];
    const stay = { rank, caredOn: month.day(6), billedOn: month.day(9) };
    const { hospital: provider, transport } = month.providers;
    return [
      care({ act: 'other', label: 'Séjour à l’hôpital, 3 jours', ...stay, base: 241_500, rate, provider }),
      care({
        act: 'transport',
        label: 'Transport en ambulance',
        ...stay,
        base: 7840,
        rate: rate === 100 ? 100 : 55,
        provider: transport,
      }),
    ];
  };
}
