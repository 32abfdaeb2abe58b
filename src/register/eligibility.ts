import { ageOn } from '#src/civil-status/birth-date.ts';
import { isProvisional } from '#src/civil-status/nir.ts';
import type { CardRouteBar, EnrolmentBar } from '#src/journey/bars.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Insured } from '#src/register/insured.ts';
import type { FoundInsured } from '#src/register/store.ts';

export interface Eligibility {
  readonly mayEnrol: boolean;
  /** Never true when enrolment is closed. */
  readonly cardRoute: boolean;
  /** All obstacles, not only the first one, so that an agent sees them at once. */
  readonly reasons: readonly (EnrolmentBar | CardRouteBar)[];
}

/**
 * Whether a person of the register may open an account, and by carte Vitale and IBAN.
 *
 * Enrolment is for living people whom the register still has, insured in their own right, of the age the policy sets, in a régime that the
 * policy admits on that day (first and last day included), under a NIR that is neither provisional (first digit
 * 3, 4, 7 or 8) nor awaiting certification.
 *
 * The card route also needs an active card, no change of caisse left unfinished, and bank details on file. The
 * other routes stay open without them.
 *
 * `today` is `yyyy-mm-dd` in Europe/Paris.
 */
export function eligibility(
  { insured, leftSince }: Pick<FoundInsured, 'insured' | 'leftSince'>,
  policy: Policy,
  today: string,
): Eligibility {
  const left: EnrolmentBar[] = leftSince === null ? [] : ['left-register'];
  const enrolment = [...left, ...enrolmentBarsOf(insured, policy, today)];
  const card = cardRouteBarsOf(insured);
  return {
    mayEnrol: enrolment.length === 0,
    cardRoute: enrolment.length === 0 && card.length === 0,
    reasons: [...enrolment, ...card],
  };
}

function enrolmentBarsOf(insured: Insured, policy: Policy, today: string): EnrolmentBar[] {
  const bars: EnrolmentBar[] = [];
  if (insured.deceased) bars.push('deceased');
  if (!admits(policy.regimes, insured.regime, today)) bars.push('regime-not-admitted');
  if (insured.entitlement === 'ayant-droit') bars.push('ayant-droit');
  if (isProvisional(insured.nir)) bars.push('provisional-nir');
  if (!insured.certified) bars.push('uncertified-nir');
  if (ageOn(insured.birthDate, today) < policy.identity.minimumAge) bars.push('too-young');
  return bars;
}

function admits(regimes: Policy['regimes'], code: string, today: string): boolean {
  return regimes.some(
    (regime) =>
      regime.code === code &&
      (regime.validFrom === null || regime.validFrom <= today) &&
      (regime.validTo === null || today <= regime.validTo),
  );
}

function cardRouteBarsOf(insured: Insured): CardRouteBar[] {
  const bars: CardRouteBar[] = [];
  if (insured.card === null) bars.push('no-card');
  else {
    if (insured.card.state !== 'active') bars.push('card-not-active');
    if (insured.card.transfer === 'unfinished') bars.push('mutation-unfinished');
  }
  if (insured.ibanStart === null) bars.push('no-bank-details');
  return bars;
}
