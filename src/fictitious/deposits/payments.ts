import type { Care } from '#src/fictitious/deposits/care.ts';
import type { CareLine, Deduction, Payment } from '#src/reimbursement/payment.ts';
import { deductionAge, deductionRate, yearlyCap } from '#src/reimbursement/rates.ts';

/** Whether anything is kept back of somebody at all, and from which day on. */
export interface Kept {
  readonly exempt: boolean;
  /** Of a rank, `yyyy-mm-dd`. */
  readonly birthDate: (rank: number) => string;
}

/**
 * The payments of a civil year for some acts of care, by day: what was paid by the insured and by each third party apart.
 * What is kept back of an act that a third party was paid for is taken from a later payment to the insured, within the
 * yearly caps; at the end of the year the rest is let go.
 */
export function carePayments(acts: readonly Care[], year: number, kept: Kept): readonly Payment[] {
  const bills = Map.groupBy(acts, (act) => JSON.stringify([paidOn(act), act.provider ?? '']));
  const ordered = [...bills].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, bill]) => bill);
  const owed: Deduction[] = [];
  const used = new Map<string, number>();

  /** Takes what is owed from a sum, as far as it and the caps reach; the rest waits. */
  function take(sum: number, ranks: ReadonlySet<number>): Deduction[] {
    const taken: Deduction[] = [];
    let left = sum;
    for (const one of owed.splice(0)) {
      const name = `${one.rank} ${one.kind}`;
      const open = yearlyCap(one.kind, year) - (used.get(name) ?? 0);
      if (open < one.amount) continue;
      if (!ranks.has(one.rank) || one.amount > left) owed.push(one);
      else {
        taken.push(one);
        left -= one.amount;
        used.set(name, (used.get(name) ?? 0) + one.amount);
      }
    }
    return taken;
  }

  return ordered.flatMap((bill) => {
    const [first] = bill;
    const day = first && paidOn(first);
    if (!first || !day?.startsWith(`${year}-`)) return [];
    const lines = bill.map(lineOf);
    // Of this bill first: a list says of each act what was kept back.
    owed.unshift(...bill.flatMap((act) => deductionOf(act, kept) ?? []));
    const sum = lines.reduce((total, { reimbursed }) => total + reimbursed, 0);
    const { provider } = first;
    const deductions = provider === null ? take(sum, new Set(bill.map(({ rank }) => rank))) : [];
    const amount = deductions.reduce((total, one) => total - one.amount, sum);
    const kind = provider === null ? 'care' : 'third-party';
    return [{ kind, paidOn: day, amount, thirdParty: provider, lines, deductions }];
  });
}

function lineOf({ act, label, rank, caredOn, paid, base, rate }: Care): CareLine {
  const reimbursed = Math.min(Math.round((base * rate) / 100), paid);
  return { kind: 'care', act, label, rank, caredOn, paid, base, rate, reimbursed, sentOn: rate < 100 };
}

function deductionOf({ act, label, rank, caredOn }: Care, { exempt, birthDate }: Kept): Deduction | null {
  const rule = exempt || isMinor(birthDate(rank), caredOn) ? null : deductionRate(act, caredOn);
  return rule && { ...rule, act, label, rank, actOn: caredOn };
}

function isMinor(birthDate: string, day: string): boolean {
  return `${Number(day.slice(0, 4)) - deductionAge}${day.slice(4)}` < birthDate;
}

/** Some days after the bill, and on no weekend. */
function paidOn({ billedOn, provider }: Care): string {
  const day = Temporal.PlainDate.from(billedOn).add({ days: provider === null ? 4 : 6 });
  return day.add({ days: day.dayOfWeek > 5 ? 8 - day.dayOfWeek : 0 }).toString();
}
