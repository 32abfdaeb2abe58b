import { realGivenNames } from '#src/register/pivot-matching.ts';
import type { Beneficiary } from '#src/rights/rights.ts';

/** Given name and the name in use: «Lise Venturi». */
export function beneficiaryName({
  givenNames,
  usageName,
  birthName,
}: Pick<Beneficiary, 'givenNames' | 'usageName' | 'birthName'>): string {
  const [given] = realGivenNames(givenNames);
  return [given, usageName ?? birthName].filter((name) => name !== undefined).join(' ');
}
