import { type Beneficiary, type Rights, shownBeneficiaries } from '#src/rights/rights.ts';

/** The people insured together whom the insured may see, and whose rights run on that day (`yyyy-mm-dd`), by rank. */
export function currentBeneficiaries(rights: Rights | null, today: string): readonly Beneficiary[] {
  return shownBeneficiaries(rights, today).filter(
    ({ from, until }) => from <= today && (until === null || until >= today),
  );
}
