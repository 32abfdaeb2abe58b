/** Why a person may not open an account at all. */
export const enrolmentBars = [
  'deceased',
  'left-register',
  'regime-not-admitted',
  'ayant-droit',
  'provisional-nir',
  'uncertified-nir',
  'too-young',
] as const;
export type EnrolmentBar = (typeof enrolmentBars)[number];

/** Why a person may not use the route by carte Vitale and IBAN. */
export const cardRouteBars = [
  'no-card',
  'card-not-active',
  'mutation-unfinished',
  'no-bank-details',
] as const;
export type CardRouteBar = (typeof cardRouteBars)[number];

/** Both, and `not-recognised`: the register has no such person, and a neutral policy does not say so. */
export const bars = [...enrolmentBars, ...cardRouteBars, 'not-recognised'] as const;
export type Bar = (typeof bars)[number];
