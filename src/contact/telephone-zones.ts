/** A numbering zone: its country code, the number of digits after it, and the prefixes of mobile and fixed lines. */
export interface TelephoneZone {
  readonly name: string;
  readonly code: string;
  readonly digits: number;
  readonly mobile: RegExp;
  readonly fixed: RegExp;
}

/**
 * Blocks of the French numbering plan (ARCEP, décision 2018-0881 as amended), without the leading 0, by first digits only:
 * new sub-blocks open every year and must not be refused. The overseas zones come first, because their blocks are carved
 * out of the metropolitan ones.
 */
const sharedPlan: readonly TelephoneZone[] = [
  zone('Guadeloupe', '590', 9, /^(69[01]|7090)/, /^(590|5987|9395|9475|976[018])/),
  zone('Guyane', '594', 9, /^(694|7093[0-4])/, /^(594|5988|9396|9476|976[45])/),
  zone('Martinique', '596', 9, /^(69[67]|7091)/, /^(596|5989|9397|9477|976[67])/),
  // Since 2019; older numbers, of six digits, are in `separatePlans`.
  zone('Saint-Pierre-et-Miquelon', '508', 9, /^708[45]/, /(?!)/),
  // 0639 98 is reserved for fiction by the ARCEP, and is metropolitan.
  zone('Mayotte', '262', 9, /^(639(?!98)|7093[5-9])/, /^(269|2689|9398|9478|9769)/),
  zone('La Réunion', '262', 9, /^(69[23]|7092)/, /^(26[23]|2688|9399|9479|976[23])/),
  zone('métropole', '33', 9, /^[67]/, /^[1-59]/),
];

/**
 * Zones with a separate plan: only the country code identifies their numbers, or, for Saint-Pierre-et-Miquelon, the 0508
 * that is dialled from elsewhere in France.
 */
const separatePlans: readonly TelephoneZone[] = [
  zone(
    'Saint-Pierre-et-Miquelon',
    '508',
    6,
    /^([236-9]|4[02-489]|5[02-9])/,
    /^([236-9]|4[1-35-9]|5[0-47-9])/,
  ),
  zone('Nouvelle-Calédonie', '687', 6, /^([579]|8[0-79])/, /^([234]|88)/),
  zone('Polynésie française', '689', 8, /^8[7-9]/, /^4[09]/),
  zone('Wallis-et-Futuna', '681', 6, /^(72|8[23])/, /^72/),
];

/** The zone of a ten-digit national number given without its leading 0 (9 digits), with its digits in that zone. */
export function zoneOfNational(digits: string): { zone: TelephoneZone; digits: string } | null {
  const [, six] = /^508(\d{6})$/.exec(digits) ?? [];
  const saintPierre = separateZone('508');
  if (six !== undefined && saintPierre) return { zone: saintPierre, digits: six };
  const zone = sharedPlan.find(({ mobile, fixed }) => mobile.test(digits) || fixed.test(digits));
  return zone ? { zone, digits } : null;
}

/** The zone with a separate plan of a country code: `508`, `687`, `689` or `681`. */
export function separateZone(code: string): TelephoneZone | null {
  return separatePlans.find((candidate) => candidate.code === code) ?? null;
}

/** Country codes after which a ten-digit number follows without its leading 0. */
export const sharedCodes: ReadonlySet<string> = new Set(sharedPlan.map(({ code }) => code));

function zone(name: string, code: string, digits: number, mobile: RegExp, fixed: RegExp): TelephoneZone {
  return { name, code, digits, mobile, fixed };
}
