import type { LatestAttestation } from '#src/attestations/attestation.ts';
import type { Member } from '#src/rights/rights.ts';
import { endOfParisDay, parisDay } from '#src/time/paris.ts';

/** A card must be ordered this many days before leaving (Cleiss, FAQ on the CEAM); later, a certificate is needed too. */
export const orderDays = 15;
/** How long a card is valid, and from when before its end the next one may be ordered. */
const cardYears = 2;
const renewalMonths = 3;
/** How long a provisional certificate is valid. */
const certificateMonths = 3;

export type DepartureProblem = 'past' | 'too-far';

/** Whether a card ordered today serves for a journey that begins on `departure`. */
export function departureProblem(
  departure: Temporal.PlainDate,
  today: Temporal.PlainDate,
): DepartureProblem | null {
  if (Temporal.PlainDate.compare(departure, today) < 0) return 'past';
  return Temporal.PlainDate.compare(departure, today.add({ years: cardYears })) >= 0 ? 'too-far' : null;
}

export function isSoon(departure: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(departure, today.add({ days: orderDays })) < 0;
}

export function cardEnd(now: Date): Date {
  return endOfParisDay(parisDay(now).add({ years: cardYears }).subtract({ days: 1 }));
}

export function certificateEnd(now: Date): Date {
  return endOfParisDay(parisDay(now).add({ months: certificateMonths }).subtract({ days: 1 }));
}

/** The first day on which the next card may be ordered. */
export function renewalDay({ validUntil }: Pick<LatestAttestation, 'validUntil'>): Temporal.PlainDate {
  return parisDay(validUntil).subtract({ months: renewalMonths });
}

/** Who has a card or an order that is not to be renewed yet, and who may order one. */
export function sortByOrder(
  people: readonly Member[],
  made: readonly LatestAttestation[],
  now: Date,
): {
  readonly ordered: readonly { readonly person: Member; readonly order: LatestAttestation }[];
  readonly orderable: readonly Member[];
} {
  const today = parisDay(now);
  const ordered = people.flatMap((person) => {
    const order = made.find(({ kind, member }) => kind === 'european-card' && member === person.member);
    return order && Temporal.PlainDate.compare(today, renewalDay(order)) < 0 ? [{ person, order }] : [];
  });
  const has = new Set(ordered.map(({ person }) => person.member));
  return { ordered, orderable: people.filter(({ member }) => !has.has(member)) };
}
