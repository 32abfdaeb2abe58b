import type { SeenList } from '#src/account/payments/seen.ts';
import { filterTexts } from '#src/account/payments/texts.ts';
import type { PaymentSummary } from '#src/payments/payment-row.ts';
import { type PaymentKind, paymentKinds } from '#src/reimbursement/payment.ts';
import type { Period } from '#src/reimbursement/window.ts';
import { formatDay } from '#src/texts/civil-days.ts';
import { clean } from '#src/texts/clean.ts';
import type { Voice } from '#src/texts/language.ts';
import { readDay } from '#src/texts/read-day.ts';
import type { Problem } from '#src/web/page.ts';

/** The values of the field `nature`. */
export const kindNames: Readonly<Record<PaymentKind, string>> = {
  care: 'soins',
  'third-party': 'tiers',
  'daily-allowance': 'ij',
  'invalidity-pension': 'invalidite',
  'work-accident-pension': 'rentes',
};

/** The two ends of a period, as their labels are called. */
const ends = { du: 'from', au: 'until' } as const;

/** Why a date cannot be used. */
export interface FilterProblem extends Problem {
  readonly field: 'du' | 'au';
  readonly code: 'not-a-date' | 'too-old' | 'future' | 'wrong-order';
}

/** What of the payments is asked for. */
export interface PaymentFilter {
  readonly period: Period;
  /** Null: everybody. */
  readonly rank: number | null;
  /** None: all. */
  readonly kinds: readonly PaymentKind[];
  /** The fields as they were typed, without those that choose nothing: the query of the same list. */
  readonly asked: URLSearchParams;
  readonly problems: readonly FilterProblem[];
}

/**
 * Reads the filters of a list from its query. What is not one of the offered choices chooses nothing, as the rank of somebody
 * who must not be seen; a date that cannot be used is refused.
 */
export function readFilter(
  query: URLSearchParams,
  { people, window }: Pick<SeenList, 'people' | 'window'>,
  voice: Voice,
): PaymentFilter {
  const t = filterTexts[voice];
  const asked = new URLSearchParams();
  const problems: FilterProblem[] = [];
  const text = (name: string) => clean((query.get(name) ?? '').slice(0, 100));
  const day = (name: 'du' | 'au') => {
    const typed = text(name);
    if (typed === '') return null;
    const read = readDay(typed);
    asked.set(name, read ?? typed.slice(0, 30));
    const refuse = (code: FilterProblem['code'], text: string) =>
      problems.push({ field: name, code, text: t.ofField(t[ends[name]], inSentence(text)) });
    if (read === null) refuse('not-a-date', t.notADay);
    else if (read < window.from) refuse('too-old', t.tooEarly(formatDay(window.from, voice)));
    else if (name === 'du' && read > window.until) refuse('future', t.tooLate);
    return read;
  };
  const from = day('du');
  const until = day('au');
  if (problems.length === 0 && from !== null && until !== null && from > until)
    problems.push({ field: 'au', code: 'wrong-order', text: t.ofField(t.until, inSentence(t.wrongOrder)) });
  const rank = people.find((person) => String(person.rank) === text('beneficiaire'))?.rank ?? null;
  if (rank !== null) asked.set('beneficiaire', String(rank));
  const chosen = query.getAll('nature').slice(0, 50);
  const kinds = paymentKinds.filter((kind) => chosen.includes(kindNames[kind]));
  for (const kind of kinds) asked.append('nature', kindNames[kind]);
  const period = {
    from: from ?? window.from,
    until: until === null || until > window.until ? window.until : until,
  };
  return { period, rank, kinds, asked, problems };
}

/** The payments that a filter leaves, each with the shares that it leaves. */
export function filtered(
  payments: readonly PaymentSummary[],
  { period, rank, kinds }: Pick<PaymentFilter, 'period' | 'rank' | 'kinds'>,
): readonly PaymentSummary[] {
  return payments.flatMap((payment) => {
    if (payment.paidOn < period.from || payment.paidOn > period.until) return [];
    if (kinds.length > 0 && !kinds.includes(payment.kind)) return [];
    const shares = rank === null ? payment.shares : payment.shares.filter((share) => share.rank === rank);
    return shares.length > 0 ? [{ ...payment, shares }] : [];
  });
}

/** A sentence that goes on another: without its capital. */
function inSentence(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
