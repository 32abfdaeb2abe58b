import { ageOn } from '#src/civil-status/birth-date.ts';
import type { Bar } from '#src/journey/bars.ts';

/** Why a person may not enrol, as disclosed to them. Dates are `yyyy-mm-dd`, null when the birth date is incomplete. */
export type DisclosedReason =
  | { readonly kind: 'regime'; readonly code: string }
  /** A dependant who turns 18 on that day. */
  | { readonly kind: 'before-eighteen'; readonly on: string | null }
  /** A dependant of 18: the caisse should open rights of their own by that day. */
  | { readonly kind: 'just-eighteen'; readonly by: string | null }
  | { readonly kind: 'dependant' }
  | { readonly kind: 'too-young'; readonly age: number; readonly on: string | null }
  | { readonly kind: 'number'; readonly state: 'provisional' | 'waiting' }
  /** No reason is disclosed: only the caisse can help. */
  | { readonly kind: 'caisse' };

export interface Barred {
  /** In any order. */
  readonly bars: readonly Bar[];
  readonly regime: string | null;
  /** As in the register, `00` for a day or month unknown to civil status. */
  readonly birthDate: string;
}

/**
 * Of several reasons, the one that is disclosed: it has to be settled before the others matter.
 *
 * 1. Deceased, or no longer in the register: no reason is disclosed, whatever else applies.
 * 2. The régime: everything is done elsewhere.
 * 3. Dependants: another person holds the account. Before 18 and at 18, the page says what to wait for and until when.
 * 4. Too young for this policy.
 * 5. A NIR that is provisional or not certified yet: civil-status documents settle it.
 *
 * Anything else leads to the caisse alone. Bars of the card route alone are not disclosed here. `today` is `yyyy-mm-dd`
 * in Paris; the caisse has two months after the 18th birthday.
 */
export function disclosedReason(
  { bars, regime, birthDate }: Barred,
  minimumAge: number,
  today: string,
): DisclosedReason {
  const barred = (bar: Bar) => bars.includes(bar);
  if (barred('deceased') || barred('left-register')) return { kind: 'caisse' };
  if (barred('regime-not-admitted')) return { kind: 'regime', code: regime ?? '' };
  if (barred('ayant-droit')) {
    const age = ageOn(birthDate, today);
    if (age < 18) return { kind: 'before-eighteen', on: birthday(birthDate, 18) };
    if (age === 18) return { kind: 'just-eighteen', by: birthday(birthDate, 18, 2) };
    return { kind: 'dependant' };
  }
  if (barred('too-young')) return { kind: 'too-young', age: minimumAge, on: birthday(birthDate, minimumAge) };
  if (barred('provisional-nir')) return { kind: 'number', state: 'provisional' };
  if (barred('uncertified-nir')) return { kind: 'number', state: 'waiting' };
  return { kind: 'caisse' };
}

/** The day on which a person reaches an age, plus `months`; 1 March for those born on 29 February. */
function birthday(birthDate: string, age: number, months = 0): string | null {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  if (month === 0 || day === 0) return null;
  const leap = Temporal.PlainDate.from({ year: year + age, month, day: 1 });
  const reached = day > leap.daysInMonth ? leap.add({ months: 1 }) : leap.with({ day });
  return reached.add({ months }).toString();
}
