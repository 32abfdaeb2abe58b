import type { Account } from '#src/accounts/account.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { type PaymentSummary, shownPayment, shownSummary } from '#src/payments/payment-row.ts';
import { findPayment, listPayments, readPayments } from '#src/payments/store.ts';
import type { PartlyShown } from '#src/reimbursement/shares.ts';
import { firstStatementDay, type Period, paymentWindow } from '#src/reimbursement/window.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import { ownMember, type Ranks, shownBeneficiaries } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'policy'>;

/** Somebody whose payments the insured may see. */
export interface SeenPerson {
  readonly rank: number;
  /** The number by which what is stored names them. */
  readonly member: number;
  /** Given name and name; null for the insured while no caisse has said who is insured with them. */
  readonly name: string | null;
}

/** A payment as the insured may see it. */
export interface SeenPayment extends PartlyShown {
  readonly id: string;
}

/** What the lists of an account start from. */
export interface SeenList {
  readonly people: readonly SeenPerson[];
  /** What may be asked for. */
  readonly window: Period;
  /** Newest first, nothing outside of the window; each with the shares of those whom the insured may see. */
  readonly payments: readonly PaymentSummary[];
  /** The year of the yearly caps, and all its payments so far. */
  readonly year: number;
  readonly ofYear: readonly PaymentSummary[];
}

/** The payments that an insured person may see, as lists show them: two statements. */
export async function seenList(services: Needed, account: Account, now: Date): Promise<SeenList> {
  const { db, keyring, policy } = services;
  const today = parisDate(now);
  const year = Number(today.slice(0, 4));
  const window = paymentWindow(policy.account.payments, today);
  const newYear = `${year}-01-01`;
  const read = { from: window.from < newYear ? window.from : newYear, until: today };
  const keys = personKeys(keyring, account.contact.nir);
  const [people, summaries] = await Promise.all([
    seenPeople(services, keys, today),
    listPayments(db, keyring, keys, read),
  ]);
  const all = summaries.flatMap((summary) => shownSummary(summary, ranksOf(people)) ?? []);
  const narrowed = narrowedTo(policy.account.payments, window, all);
  return {
    people,
    window: narrowed.window,
    payments: narrowed.payments,
    year,
    ofYear: all.filter(({ paidOn }) => paidOn >= newYear),
  };
}

/** One payment of the window; null when it is not theirs, not to be seen, or too old: two statements. */
export async function seenPayment(
  services: Needed,
  account: Account,
  id: string,
  now: Date,
): Promise<{ readonly people: readonly SeenPerson[]; readonly payment: SeenPayment } | null> {
  if (!isUuid(id)) return null;
  const { db, keyring, policy } = services;
  const rule = policy.account.payments;
  if ('statements' in rule) {
    const { people, payments } = await seenPayments(services, account, null, now);
    const payment = payments.find((one) => one.id === id);
    return payment ? { people, payment } : null;
  }
  const today = parisDate(now);
  const keys = personKeys(keyring, account.contact.nir);
  const [people, found] = await Promise.all([
    seenPeople(services, keys, today),
    findPayment(db, keyring, keys, id, paymentWindow(rule, today)),
  ]);
  const part = found && shownPayment(found, ranksOf(people));
  return part ? { people, payment: { ...part, id } } : null;
}

export interface SeenPayments {
  readonly people: readonly SeenPerson[];
  readonly window: Period;
  /** Newest first. */
  readonly payments: readonly SeenPayment[];
}

/** The payments of a period with their lines, for statements; null: of the whole window. Two statements. */
export async function seenPayments(
  services: Needed,
  account: { readonly contact: Pick<Account['contact'], 'nir'> },
  asked: Period | null,
  now: Date,
): Promise<SeenPayments> {
  const { db, keyring, policy } = services;
  const rule = policy.account.payments;
  const today = parisDate(now);
  const whole = paymentWindow(rule, today);
  // Where statements are counted, the others say which months these are.
  const period = asked === null || 'statements' in rule ? whole : within(asked, whole);
  const keys = personKeys(keyring, account.contact.nir);
  const [people, stored] = await Promise.all([
    seenPeople(services, keys, today),
    readPayments(db, keyring, keys, period),
  ]);
  const all = stored.flatMap((one) => {
    const part = shownPayment(one, ranksOf(people));
    return part ? [{ ...part, id: one.id }] : [];
  });
  const { window, payments } = narrowedTo(rule, whole, all);
  const kept = asked === null ? window : within(asked, window);
  return {
    people,
    window,
    payments: payments.filter(({ paidOn }) => paidOn >= kept.from && paidOn <= kept.until),
  };
}

function within(asked: Period, { from, until }: Period): Period {
  return { from: asked.from > from ? asked.from : from, until: asked.until < until ? asked.until : until };
}

/** Leaves out what a policy does not show: months before the window, or before its latest statements. */
function narrowedTo<P extends { readonly paidOn: string }>(
  rule: Services['policy']['account']['payments'],
  whole: Period,
  all: readonly P[],
): { readonly window: Period; readonly payments: readonly P[] } {
  const inWindow = all.filter(({ paidOn }) => paidOn >= whole.from);
  const first = firstStatementDay(
    rule,
    inWindow.map(({ paidOn }) => paidOn),
  );
  const window = first === null ? whole : { ...whole, from: first };
  return { window, payments: inWindow.filter(({ paidOn }) => paidOn >= window.from) };
}

/** The insured themselves first; nobody of age but them, and nobody unknown. */
async function seenPeople(
  { db, keyring }: Needed,
  keys: readonly Buffer[],
  today: string,
): Promise<readonly SeenPerson[]> {
  const known = shownBeneficiaries(await findRights(db, keyring, keys), today).map((one) => ({
    rank: one.rank,
    member: one.member,
    name: beneficiaryName(one),
  }));
  return known.some(({ rank }) => rank === 1)
    ? known
    : [{ rank: 1, member: ownMember, name: null }, ...known];
}

function ranksOf(people: readonly SeenPerson[]): Ranks {
  return new Map(people.map(({ member, rank }) => [member, rank]));
}
