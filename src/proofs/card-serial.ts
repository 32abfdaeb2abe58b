import { nirKey, parseNir } from '#src/civil-status/nir.ts';
import type { Policy } from '#src/policy/schema.ts';
import { cleanCode } from '#src/texts/clean.ts';

export type CardType = 'photo' | 'sans-photo';

export type CardSerialProblem = 'empty' | 'is-nir' | 'digits-only' | 'length';

export type CardSerialReading =
  | { readonly ok: true; readonly serial: string }
  | { readonly ok: false; readonly reason: CardSerialProblem };

/** The number of digits in the serial of each type of card. */
export type CardRules = Pick<Policy['proof'], 'photoCardPrefix' | 'photoCardDigits' | 'plainCardDigits'>;

/** The rules on cards in all shipped policies. */
export const usualCards: CardRules = {
  photoCardPrefix: '8025000002',
  photoCardDigits: [11],
  plainCardDigits: [8, 9, 12, 13],
};

/**
 * Reads the serial number on the back of a carte Vitale. Separators between groups are ignored (`cleanCode`).
 *
 * - With photo: the last 11 digits, or all 21, whose printed start (`8025000002`) is then dropped.
 * - Without photo: 8, 9, 12 or 13 digits. No check digit is known for either.
 * - `is-nir`: the number on the front was typed instead. The person's own NIR, with its key or without, is always
 *   detected; another NIR only if no serial has its length, since 13 digits may be a serial.
 */
export function parseCardSerial(
  typed: string,
  type: CardType,
  rules: CardRules,
  nir: string | null,
): CardSerialReading {
  const characters = cleanCode(typed);
  if (characters === '') return { ok: false, reason: 'empty' };
  if (nir !== null && (characters === nir || characters === nir + nirKey(nir))) {
    return { ok: false, reason: 'is-nir' };
  }
  const serial = type === 'photo' ? withoutPrefix(characters, rules) : characters;
  const lengths = type === 'photo' ? rules.photoCardDigits : rules.plainCardDigits;
  const onlyDigits = /^\d+$/.test(serial);
  if (onlyDigits && lengths.includes(serial.length)) return { ok: true, serial };
  if (parseNir(characters).ok) return { ok: false, reason: 'is-nir' };
  return { ok: false, reason: onlyDigits ? 'length' : 'digits-only' };
}

function withoutPrefix(characters: string, rules: CardRules): string {
  const rest = characters.slice(rules.photoCardPrefix.length);
  return characters.startsWith(rules.photoCardPrefix) && rules.photoCardDigits.includes(rest.length)
    ? rest
    : characters;
}
