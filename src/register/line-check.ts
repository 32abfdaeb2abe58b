import { repeatedField } from '#src/files/repeated-field.ts';
import { type CardRules, usualCards } from '#src/proofs/card-serial.ts';
import { parseRow, type RowReading } from '#src/register/register-row.ts';
import { parseJson } from '#src/texts/json.ts';

/** Where no backslash before it stands for itself. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * Reads one line of a register file against the day `today` (`yyyy-mm-dd`, Europe/Paris), the codes of the funds (any
 * will do when there are none), and how many digits cards have.
 *
 * Refused: what is not JSON, not UTF-8 (`line: encoding`), or has a NUL in it, also an escaped one (`line: nul`); unknown,
 * missing, repeated or badly shaped fields; every value that the form which must match it would refuse (`parseRow`). A date
 * of birth that contradicts the NIR is accepted: civil status may have been corrected since the number was given.
 */
export function readLine(
  text: string,
  today: string,
  caisses: ReadonlySet<string>,
  cards: CardRules = usualCards,
): RowReading {
  if (text.includes('\uFFFD')) return { ok: false, reason: 'line: encoding' };
  if (text.includes('\\u0000') && escapedNul.test(text)) return { ok: false, reason: 'line: nul' };
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'line: not_json' };
  // Where it is written as we would write it, no field is there twice; looking for one takes longer than writing.
  const repeated = JSON.stringify(value) === text ? null : repeatedField(text);
  if (repeated !== null)
    return { ok: false, reason: `${/^[a-z]\w{0,30}$/i.test(repeated) ? repeated : 'line'}: repeated` };
  return parseRow(value, { today, caisses, cards });
}
