import { parseBirthDate } from '#src/civil-status/birth-date.ts';
import { birthMonthAndYear, isProvisional, nirIn } from '#src/civil-status/nir.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { type Refusal, refused } from '#src/depot/refusal.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { sumProblem } from '#src/reimbursement/sums.ts';
import type { Period } from '#src/reimbursement/window.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import type { Sender, SenderScope } from '#src/senders/sender.ts';

const scopes: Readonly<Record<DepositItem['kind'], SenderScope>> = {
  payment: 'payments',
  rights: 'rights',
  message: 'messages',
  document: 'documents',
};

/** What is wrong with a deposit by what it says itself; null when nothing is. */
export function judgeItem(
  item: DepositItem,
  sender: Pick<Sender, 'scopes'>,
  window: Period,
  today: string,
): Refusal | null {
  if (!sender.scopes.includes(scopes[item.kind])) return refused('scope', 'kind');
  if (item.kind === 'payment') return judgePayment(item.payment, window);
  return item.kind === 'rights' ? judgeRights(item.rights, item.nir, today) : null;
}

function judgePayment(payment: Payment, { from, until }: Period): Refusal | null {
  const { paidOn } = payment;
  if (paidOn < from || paidOn > until) return refused('out-of-window', 'payment.paidOn');
  const problem = sumProblem(payment);
  return problem && refused(problem.code, problem.field);
}

function judgeRights({ beneficiaries }: Rights, insured: string, today: string): Refusal | null {
  for (const [index, beneficiary] of beneficiaries.entries()) {
    const refusal = judgeBeneficiary(beneficiary, { insured, today }, `rights.beneficiaries.${index}`);
    if (refusal) return refusal;
  }
  return null;
}

/** Rank 1 is the person of the deposit, and nobody else is. */
function judgeBeneficiary(
  beneficiary: Beneficiary,
  { insured, today }: { readonly insured: string; readonly today: string },
  field: string,
): Refusal | null {
  const { nir, rank, birthDate } = beneficiary;
  if (nir !== null && nirIn(nir) !== nir) return refused('nir', `${field}.nir`);
  if ((rank === 1) !== (nir === insured)) return refused('other-person', `${field}.nir`);
  const [year = '', month = '', day = ''] = birthDate.split('-');
  if (!parseBirthDate({ year, month, day }, today).ok) return refused('invalid', `${field}.birthDate`);
  // Somebody of age with the birth date of a child would be shown to the insured.
  if (nir !== null && !isProvisional(nir) && nir.slice(1, 3) !== year.slice(2))
    return refused('other-birth', `${field}.birthDate`);
  const backward = periodsOf(beneficiary).find(({ from, until }) => until !== null && until < from);
  return backward ? refused('line-days', `${field}.${backward.name}`) : null;
}

/**
 * What a payment says of somebody before they were born: by the rights, or by the number of the insured, where it says the
 * year; null when nothing is. `today`: `yyyy-mm-dd` in Paris.
 */
export function judgeBirths(item: DepositItem, rights: Rights | null, today: string): Refusal | null {
  if (item.kind !== 'payment') return null;
  const births = new Map(rights?.beneficiaries.map(({ rank, birthDate }) => [rank, birthDate]));
  const { month, year } = birthMonthAndYear(item.nir, today);
  if (!births.has(1) && year !== null && !isProvisional(item.nir))
    births.set(1, `${year}-${String(month ?? 0).padStart(2, '0')}-00`);
  const early = daysOf(item.payment).find(({ rank, day }) => day < (births.get(rank) ?? ''));
  return early ? refused('before-birth', early.field) : null;
}

/** The days of a payment, with whom they are about; an unknown day of birth is `00`, before all others. */
function daysOf({ lines, deductions }: Payment) {
  return [
    ...lines.map((line, index) => {
      const [name, day] =
        line.kind === 'care' ? (['caredOn', line.caredOn] as const) : (['from', line.from] as const);
      return { rank: line.rank, day, field: `payment.lines.${index}.${name}` };
    }),
    ...deductions.map(({ rank, actOn: day }, index) => ({
      rank,
      day,
      field: `payment.deductions.${index}.actOn`,
    })),
  ];
}

interface NamedPeriod {
  readonly name: string;
  readonly from: string;
  readonly until: string | null;
}

function periodsOf({ from, until, exonerations, solidarity }: Beneficiary): readonly NamedPeriod[] {
  return [
    { name: 'until', from, until },
    ...exonerations.map((period, index) => ({ name: `exonerations.${index}.until`, ...period })),
    ...(solidarity ? [{ name: 'solidarity.until', ...solidarity }] : []),
  ];
}

/** A person whom a deposit is about, and the field that says so. */
interface NamedRank {
  readonly rank: number;
  readonly field: string;
}

/** Whom a deposit is about, among those insured together. */
export function ranksOf(item: DepositItem): readonly NamedRank[] {
  if (item.kind === 'document') return [{ rank: item.document.rank, field: 'document.rank' }];
  if (item.kind !== 'payment') return [{ rank: 1, field: 'nir' }];
  const { lines, deductions } = item.payment;
  return [
    ...lines.map(({ rank }, index) => ({ rank, field: `payment.lines.${index}.rank` })),
    ...deductions.map(({ rank }, index) => ({ rank, field: `payment.deductions.${index}.rank` })),
  ];
}
