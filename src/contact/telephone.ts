import { clean } from '#src/texts/clean.ts';
import { separateZone, sharedCodes, type TelephoneZone, zoneOfNational } from './telephone-zones.ts';

export type TelephoneKind = 'portable' | 'fixe';
export type TelephoneProblem =
  | 'empty'
  | 'characters'
  | 'not-french'
  | 'country-code'
  | 'length'
  | 'length-short'
  | 'length-long'
  | 'no-zero'
  | 'two-numbers'
  | 'special'
  | 'not-mobile'
  | 'is-mobile';

/**
 * Reads a French telephone number, metropolitan or overseas, into E.164, or says what is wrong with it. Only the result
 * is stored, compared and dialled, never the input.
 *
 * Accepted: `06.50.56.42.78`, `+33 6…`, `(+33) 6…`, `0033 6…`, `33 6…`, `+33 (0)6…`; overseas numbers of ten digits
 * with or without country code (`0692…` → `+262692…`, also when typed after `+33`; `0508 41 12 34` → `+508411234`);
 * Saint-Pierre-et-Miquelon, Nouvelle-Calédonie, Polynésie and Wallis-et-Futuna with their country code, because their
 * six or eight digits are ambiguous without it. Only the first digits count, not the sub-blocks allocated so far.
 * `no-zero`, `length-short`, `length-long` and `two-numbers` tell what is wrong with the digits of a national number,
 * `length` that those after a country code are too few or too many;
 * `country-code`: a number of another territory than the overseas code before it; `special`: 08 and the like;
 * `not-mobile` and `is-mobile`: a valid number in the wrong field.
 */
export function parseTelephone(
  typed: string,
  kind: TelephoneKind,
): { ok: true; e164: string } | { ok: false; reason: TelephoneProblem } {
  const text = clean(typed);
  if (text === '') return refused('empty');
  if (text.replace(/\D/g, '').length >= twoNumbers) return refused('two-numbers');
  if (!/^(?:[ (]*\+)?[\d .\-_/()]*$/.test(text)) return refused('characters');
  const found = locate(text.replace(/[^\d+]/g, '').replace(/^\+?00/, '+'));
  if (typeof found === 'string') return refused(found);
  const { zone, digits } = found;
  const isMobile = zone.mobile.test(digits);
  const isFixed = zone.fixed.test(digits);
  if (!isMobile && !isFixed) return refused('special');
  if (kind === 'portable' && !isMobile) return refused('not-mobile');
  if (kind === 'fixe' && !isFixed) return refused('is-mobile');
  return { ok: true, e164: `+${zone.code}${digits}` };
}

/** More digits than one number has, with any country code. */
const twoNumbers = 18;

function refused(reason: TelephoneProblem): { ok: false; reason: TelephoneProblem } {
  return { ok: false, reason };
}

type Located = { zone: TelephoneZone; digits: string };
type Lost = Exclude<TelephoneProblem, 'empty' | 'characters' | 'not-mobile' | 'is-mobile'>;

/** The zone of a number, which is digits with or without a leading `+`. */
function locate(number: string): Located | Lost {
  if (number.startsWith('0')) return national(number.slice(1));
  const international = number.replace(/^\+/, '');
  const code = international.startsWith('33') ? '33' : international.slice(0, 3);
  const rest = international.slice(code.length);
  // Without `+`, digits that look like a country code are one only if a complete number follows.
  if (!number.startsWith('+') && !(sharedCodes.has(code) && rest.replace(/^0/, '').length === 9))
    return withoutZero(number);
  const digits = rest.replace(/^0/, '');
  const zone = separateZone(code);
  if (zone?.digits === digits.length) return { zone, digits };
  if (sharedCodes.has(code)) return afterCode(code, national(digits));
  return zone === null ? 'not-french' : 'length';
}

/** People write `+33` before overseas numbers; any other code must be that of the number's own territory. */
function afterCode(code: string, found: Located | Lost): Located | Lost {
  if (found === 'length-short' || found === 'length-long') return 'length';
  return typeof found === 'string' || code === '33' || found.zone.code === code ? found : 'country-code';
}

/** What is wrong with digits that begin neither with 0 nor with a country code. */
function withoutZero(digits: string): Lost {
  if (digits.length === 9 && !digits.startsWith('33') && zoneOfNational(digits)) return 'no-zero';
  return digits.length < 10 ? 'length-short' : 'length-long';
}

function national(digits: string): Located | Lost {
  if (digits.length !== 9) return digits.length < 9 ? 'length-short' : 'length-long';
  return zoneOfNational(digits) ?? 'special';
}

/** For pages: `06 50 56 42 78`, `0692 12 34 56`, `+687 76 12 34`, with no-break spaces. */
export function formatTelephone(e164: string): string {
  return groups(e164).join('\u00a0');
}

/** For pages: the first group and the two last digits, `06 •• •• •• 78`, with no-break spaces. */
export function maskTelephone(e164: string): string {
  const [first = '', ...others] = groups(e164);
  return [first, ...others.slice(0, -1).map(() => '••'), others.at(-1)].join('\u00a0');
}

function groups(e164: string): readonly string[] {
  const separate = separateZone(e164.slice(1, 4));
  if (separate?.digits === e164.length - 4) return [`+${separate.code}`, ...pairs(e164.slice(4))];
  if (e164.startsWith('+33')) return pairs(`0${e164.slice(3)}`);
  return [`0${e164.slice(4, 7)}`, ...pairs(e164.slice(7))];
}

function pairs(digits: string): readonly string[] {
  return digits.match(/\d{1,2}/g) ?? [];
}
