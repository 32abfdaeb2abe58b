import { nirIn } from '#src/civil-status/nir.ts';
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
export function judgeItem(item: DepositItem, sender: Pick<Sender, 'scopes'>, window: Period): Refusal | null {
  if (!sender.scopes.includes(scopes[item.kind])) return refused('scope', 'kind');
  if (item.kind === 'payment') return judgePayment(item.payment, window);
  return item.kind === 'rights' ? judgeRights(item.rights, item.nir) : null;
}

function judgePayment(payment: Payment, { from, until }: Period): Refusal | null {
  const { paidOn } = payment;
  if (paidOn < from || paidOn > until) return refused('out-of-window', 'payment.paidOn');
  const problem = sumProblem(payment);
  return problem && refused(problem.code, problem.field);
}

function judgeRights({ beneficiaries }: Rights, insured: string): Refusal | null {
  for (const [index, beneficiary] of beneficiaries.entries()) {
    const refusal = judgeBeneficiary(beneficiary, insured, `rights.beneficiaries.${index}`);
    if (refusal) return refusal;
  }
  return null;
}

/** Rank 1 is the person of the deposit, and nobody else is. */
function judgeBeneficiary(beneficiary: Beneficiary, insured: string, field: string): Refusal | null {
  const { nir, rank, birthDate } = beneficiary;
  if (nir !== null && nirIn(nir) !== nir) return refused('nir', `${field}.nir`);
  if ((rank === 1) !== (nir === insured)) return refused('other-person', `${field}.nir`);
  if (!/-(0\d|1[0-2])-([0-2]\d|3[01])$/.test(birthDate)) return refused('invalid', `${field}.birthDate`);
  const backward = periodsOf(beneficiary).find(({ from, until }) => until !== null && until < from);
  return backward ? refused('line-days', `${field}.${backward.name}`) : null;
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
