import { ageOn } from '#src/civil-status/birth-date.ts';
import type { Bar } from '#src/journey/bars.ts';

/**
 * Why somebody may not enrol, as far as they may know it. Dates are `yyyy-mm-dd`, null when birth is not fully known.
 */
export type Told =
  | { readonly kind: 'regime'; readonly code: string }
  /** A dependant who is not 18 yet, and turns 18 on that day. */
  | { readonly kind: 'before-eighteen'; readonly on: string | null }
  /** A dependant of 18: the caisse has not opened rights of their own yet; by that day it should have. */
  | { readonly kind: 'just-eighteen'; readonly by: string | null }
  | { readonly kind: 'dependant' }
  | { readonly kind: 'too-young'; readonly age: number; readonly on: string | null }
  | { readonly kind: 'number'; readonly state: 'provisional' | 'waiting' }
  /** Nothing is said: only the caisse can help. */
  | { readonly kind: 'caisse' };

export interface Barred {
  /** In any order. */
  readonly bars: readonly Bar[];
  readonly regime: string | null;
  /** As in the register, `00` for what civil status does not know. */
  readonly birthDate: string;
}

/**
 * The one reason that is told of several: the one without which the others would be of no use to the person.
 *
 * 1. Deceased: nothing is said, whatever else is true.
 * 2. The régime: everything is done elsewhere.
 * 3. Dependants: another person holds the account. Before 18 and at 18 it is told what to wait for, until when.
 * 4. Too young for this policy.
 * 5. A number that is provisional, or waits to be certified: papers settle it.
 *
 * Anything else leads to the caisse alone. What closes only the card route is not told here. `today` is `yyyy-mm-dd`
 * in Paris; months of two are granted to the caisse after a birthday.
 */
export function reasonToTell({ bars, regime, birthDate }: Barred, minimumAge: number, today: string): Told {
  const barred = (bar: Bar) => bars.includes(bar);
  if (barred('deceased')) return { kind: 'caisse' };
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

/** The day on which somebody reaches an age, and so many months later; 1 March for those born on 29 February. */
function birthday(birthDate: string, age: number, months = 0): string | null {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  if (month === 0 || day === 0) return null;
  const leap = Temporal.PlainDate.from({ year: year + age, month, day: 1 });
  const reached = day > leap.daysInMonth ? leap.add({ months: 1 }) : leap.with({ day });
  return reached.add({ months }).toString();
}
