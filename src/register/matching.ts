import { type BirthDateMatch, matchBirthDate, mayBePresumed } from '#src/civil-status/birth-date.ts';
import { matchName } from '#src/civil-status/names.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import type { Insured } from '#src/register/insured.ts';

export interface IdentityMatch {
  readonly matched: boolean;
  readonly criteria: {
    readonly name: 'birth-name' | 'usage-name' | null;
    readonly birthDate: BirthDateMatch | null;
    readonly postalCode: 'current' | 'former' | null;
  };
}

/**
 * Whether the typed identity is that of the person whose NIR was typed with it. All three must agree:
 *
 * - name: the birth name or the usage name (`matchName`);
 * - birth date: equal, but for what civil status does not know, however it is written (`matchBirthDate`); it need not
 *   agree with the month in the NIR, which differs when a date was presumed or corrected;
 * - postal code: the place of the current address or of any former one, since the caisse may not know the move yet.
 *
 * The criteria are for agents, the audit and tests: the person never learns which one failed, and all three are
 * always computed.
 *
 * The birth date is `yyyy-mm-dd` as `parseBirthDate` gives it, the postal code is 5 digits.
 */
export function matchIdentity(
  typed: { readonly name: string; readonly birthDate: string; readonly postalCode: string },
  insured: Insured,
): IdentityMatch {
  const criteria = {
    name: matchName(typed.name, insured),
    birthDate: matchBirthDate(typed.birthDate, insured.birthDate, mayBePresumed(insured)),
    postalCode: matchPostalCode(typed.postalCode, insured),
  };
  return { matched: Object.values(criteria).every((criterion) => criterion !== null), criteria };
}

/**
 * Whether a name and a birth date are those of the person whose NIR was typed with them, by the same rules as
 * `matchIdentity`. Without a person (null) it is false, after the same computation.
 */
export function agreesWithPerson(
  typed: { readonly name: string; readonly birthDate: string },
  insured: Pick<Insured, 'birthName' | 'usageName' | 'birthDate' | 'birthCountry' | 'nir'> | null,
): boolean {
  const { birthName, usageName, birthDate, birthCountry, nir } = insured ?? nobody;
  const name = matchName(typed.name, { birthName, usageName });
  const date = matchBirthDate(typed.birthDate, birthDate, mayBePresumed({ birthCountry, nir }));
  return insured !== null && name !== null && date !== null;
}

const nobody = {
  birthName: 'Personne',
  usageName: null,
  birthDate: '1900-01-01',
  birthCountry: '99100',
  nir: '1000175056001',
};

function matchPostalCode(typed: string, insured: Insured): 'current' | 'former' | null {
  const place = placeOf(typed);
  if (place === placeOf(insured.postalCode)) return 'current';
  return insured.formerPostalCodes.some((former) => placeOf(former) === place) ? 'former' : null;
}

function placeOf(postalCode: string): string {
  const reading = parsePostalCode(postalCode);
  return reading.ok ? reading.postalCode : postalCode;
}
