import { type KeptRights, type Member, shownBeneficiaries } from '#src/rights/rights.ts';

/** The people insured together whom the insured may see, and whose rights run on that day (`yyyy-mm-dd`), by rank. */
export function currentBeneficiaries(rights: KeptRights | null, today: string): readonly Member[] {
  return shownBeneficiaries(rights, today).filter(
    ({ from, until }) => from <= today && (until === null || until >= today),
  );
}
