import { hash } from 'node:crypto';
import type { CheckableKind } from '#src/attestations/attestation.ts';
import type { KeptRights } from '#src/rights/rights.ts';

/**
 * What a paper says about somebody, as a fingerprint, kept with the paper: where the rights say something else later, the
 * paper is no longer right. Nothing that the paper does not say is part of it, so that nobody learns by its code that
 * health information has changed. Null when the rights know nobody of this number.
 */
export function saidOf(
  kind: CheckableKind,
  { organism, beneficiaries }: KeptRights,
  member: number,
  health: boolean,
): string | null {
  const about = beneficiaries.find((one) => one.member === member);
  const insured = beneficiaries.find(({ rank }) => rank === 1);
  if (!about || !insured) return null;
  const { rank, birthName, usageName, givenNames, birthDate, from, until, doctorDeclared } = about;
  const { exonerations, solidarity } = about;
  const said = [
    ...[organism.regime, organism.caisse, organism.centre],
    ...[insured.birthName, insured.usageName, insured.givenNames[0], insured.nir],
    ...[rank, birthName, usageName, givenNames, birthDate, about.nir, from, until],
    kind === 'rights' ? doctorDeclared : null,
    health ? [exonerations.map((one) => [one.label, one.from, one.until]), solidarity] : null,
  ];
  return hash('sha256', JSON.stringify(said), 'base64');
}

/** Whether the rights still say what a paper says. */
export function isStillSaid(
  { kind, member, said }: { readonly kind: CheckableKind; readonly member: number; readonly said: string },
  rights: KeptRights | null,
): boolean {
  return rights !== null && [false, true].some((health) => said === saidOf(kind, rights, member, health));
}
