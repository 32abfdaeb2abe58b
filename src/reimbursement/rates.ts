import type { Act, Deduction } from '#src/reimbursement/payment.ts';

type Kind = Deduction['kind'];

/** What is valid from a day on, until the next one. */
interface Since {
  readonly from: string;
  /** In cents. */
  readonly amount: number;
}

/** The participation forfaitaire of an act (Code de la sécurité sociale, L. 160-13 II, D. 160-6). */
const participation: readonly Since[] = [
  { from: '2005-01-01', amount: 100 },
  { from: '2024-05-15', amount: 200 },
];
/** The franchise of a box of medicine or an act of a nurse or physiotherapist (L. 160-13 III, D. 160-9). */
const franchise: readonly Since[] = [
  { from: '2008-01-01', amount: 50 },
  { from: '2024-03-31', amount: 100 },
];
/** The franchise of a medical transport. */
const transport: readonly Since[] = [
  { from: '2008-01-01', amount: 200 },
  { from: '2024-03-31', amount: 400 },
];

const byAct: Readonly<Record<Act, { readonly kind: Kind; readonly rates: readonly Since[] } | null>> = {
  consultation: { kind: 'participation', rates: participation },
  'doctor-act': { kind: 'participation', rates: participation },
  'x-ray': { kind: 'participation', rates: participation },
  laboratory: { kind: 'participation', rates: participation },
  'medicine-box': { kind: 'franchise', rates: franchise },
  paramedical: { kind: 'franchise', rates: franchise },
  transport: { kind: 'franchise', rates: transport },
  other: null,
};

/** The most that may be kept back of one person in a civil year. */
const caps: Readonly<Record<Kind, readonly Since[]>> = {
  participation: [{ from: '2005-01-01', amount: 5000 }],
  franchise: [{ from: '2008-01-01', amount: 5000 }],
};

/** The most that may be kept back of one person for the acts of one day, where that has a limit of its own (D. 160-10). */
const daily: Partial<Readonly<Record<Act, readonly Since[]>>> = {
  paramedical: [
    { from: '2008-01-01', amount: 200 },
    { from: '2024-03-31', amount: 400 },
  ],
  transport: [
    { from: '2008-01-01', amount: 400 },
    { from: '2024-03-31', amount: 800 },
  ],
};

/** From this age on: younger people have nothing kept back. */
export const deductionAge = 18;

/** What is kept back of one act done on a day (`yyyy-mm-dd`), in cents; null where nothing is. */
export function deductionRate(
  act: Act,
  day: string,
): { readonly kind: Kind; readonly amount: number } | null {
  const rule = byAct[act];
  const amount = rule && validOn(rule.rates, day);
  return rule && amount !== null ? { kind: rule.kind, amount } : null;
}

/** The most that may be kept back of one person in a civil year, in cents. */
export function yearlyCap(kind: Kind, year: number): number {
  return validOn(caps[kind], `${year}-12-31`) ?? 0;
}

/**
 * The most that may be kept back of one person for such acts of one day, in cents; null where the day has no limit. The
 * participation has one for each doctor, whom a payment does not name.
 */
export function dailyCap(act: Act, day: string): number | null {
  return validOn(daily[act] ?? [], day);
}

function validOn(rates: readonly Since[], day: string): number | null {
  return rates.findLast(({ from }) => from <= day)?.amount ?? null;
}
