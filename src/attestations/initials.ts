import { realGivenNames } from '#src/register/pivot-matching.ts';
import type { Beneficiary } from '#src/rights/rights.ts';

/** «A. V.»: of the first given name and the name in use. */
export function initialsOf({
  givenNames,
  usageName,
  birthName,
}: Pick<Beneficiary, 'givenNames' | 'usageName' | 'birthName'>): string {
  const [given] = realGivenNames(givenNames);
  return [given, usageName ?? birthName]
    .flatMap((name) => [...(name ?? '').normalize('NFC').trim()].slice(0, 1))
    .map((letter) => `${letter.toUpperCase()}.`)
    .join('\u00a0');
}
