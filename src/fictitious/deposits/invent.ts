import { hash } from 'node:crypto';
import { benefitPayments } from '#src/fictitious/deposits/benefits.ts';
import { inventProviders } from '#src/fictitious/deposits/care.ts';
import { type Life, lifeOf } from '#src/fictitious/deposits/life.ts';
import { type PaperName, paperTitle } from '#src/fictitious/deposits/papers.ts';
import { carePayments } from '#src/fictitious/deposits/payments.ts';
import { inventRights } from '#src/fictitious/deposits/rights.ts';
import { inventWritten, type Written } from '#src/fictitious/deposits/written.ts';
import { seeded } from '#src/fictitious/seeded.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import type { Period } from '#src/reimbursement/window.ts';
import type { Rights } from '#src/rights/rights.ts';

/** One deposit as senders write it (docs/deposit.md), files by their names. */
export type InventedItem = { readonly id: string; readonly nir: string } & (
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'rights'; readonly rights: Rights }
  | {
      readonly kind: 'message';
      readonly message: {
        readonly subject: string;
        readonly text: string;
        readonly thread: null;
        readonly attachments: { readonly title: string; readonly file: PaperName }[];
      };
    }
  | {
      readonly kind: 'document';
      readonly document: {
        readonly title: string;
        readonly rank: number;
        readonly matters: boolean;
        readonly file: PaperName;
      };
    }
);

/** Whose deposits are invented. */
export interface Insured {
  /** Of a named person, who may have a life of their own; null for anybody. */
  readonly cle: string | null;
  readonly line: RegisterLine;
  /** The same seed gives the same deposits. */
  readonly seed: number;
}

/** Rights first: they say who else payments may be about. Their id is of the year, whose content does not change. */
export function inventRightsItem(insured: Insured, year: number): InventedItem | null {
  const { line } = insured;
  const rights = inventRights(line, lifeWith(insured), year);
  return rights && { kind: 'rights', id: `droits-${year}`, nir: line.nir, rights };
}

/**
 * The payments of some days, by day. Each depends on its civil year alone, not on the period, so that those of a longer
 * period include those of a shorter one, under the same ids.
 */
export function inventPayments(insured: Insured, { from, until }: Period): readonly InventedItem[] {
  const { line } = insured;
  const life = lifeWith(insured);
  const years = Array.from({ length: yearOf(until) - yearOf(from) + 1 }, (_, index) => yearOf(from) + index);
  return years.flatMap((year) =>
    numbered(line.nir, yearlyPayments(insured, life, year)).filter(
      ({ payment: { paidOn } }) => paidOn >= from && paidOn <= until,
    ),
  );
}

/** What the caisse wrote, the oldest first. */
export function inventLetters(
  insured: Insured,
): readonly { readonly written: Written; readonly item: InventedItem }[] {
  const { nir } = insured.line;
  return inventWritten(lifeWith(insured)).map((written) => ({ written, item: itemOf(nir, written) }));
}

function itemOf(nir: string, written: Written): InventedItem {
  const { id } = written;
  if (written.kind === 'document') {
    const { paper: file, rank, matters } = written;
    return { kind: 'document', id, nir, document: { title: paperTitle(file), rank, matters, file } };
  }
  const { subject, text, paper } = written;
  const attachments = paper === null ? [] : [{ title: paperTitle(paper), file: paper }];
  return { kind: 'message', id, nir, message: { subject, text, thread: null, attachments } };
}

function lifeWith({ cle, line, seed }: Insured): Life {
  return lifeOf({ cle, line, seed: seedOf(seed, line.nir) });
}

/** Care is paid within days: what is paid in a year was done in it, or in the December before. */
function yearlyPayments({ line, seed }: Insured, life: Life, year: number): readonly Payment[] {
  if (life.cover === 'none') return [];
  const providers = inventProviders(seedOf(seed, line.nir));
  const acts = Array.from({ length: 13 }, (_, offset) => {
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ months: offset - 1 });
    const index = (first.year - 2000) * 12 + first.month - 1;
    const random = seeded(seedOf(seed, line.nir, index));
    const month = { index, random, providers, day: (day: number) => first.with({ day }).toString() };
    return life.habits.flatMap((habit) => habit(month));
  }).flat();
  const birthDates = new Map(life.relatives.map(({ rank, birthDate }) => [rank, birthDate]));
  const kept = {
    exempt: life.cover === 'solidarity',
    birthDate: (rank: number) => birthDates.get(rank) ?? line.birthDate,
  };
  return [
    ...carePayments(acts, year, kept),
    ...life.benefits.flatMap((benefit) => benefitPayments(benefit, year)),
  ].toSorted((a, b) => a.paidOn.localeCompare(b.paidOn));
}

/** With ids that say day and place: of those of a day, always in the same order. */
function numbered(nir: string, payments: readonly Payment[]) {
  const places = new Map<string, number>();
  return payments.map((payment) => {
    const place = (places.get(payment.paidOn) ?? 0) + 1;
    places.set(payment.paidOn, place);
    return { kind: 'payment', id: `paiement-${payment.paidOn}-${place}`, nir, payment } as const;
  });
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function seedOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', parts.join(' ')).slice(0, 8), 16);
}
