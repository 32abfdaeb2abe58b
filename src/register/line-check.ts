import { isValidIBAN } from 'ibantools';
import type { z } from 'zod';
import { parseBirthDate } from '#src/register/birth-date.ts';
import { type RegisterLine, registerLine } from '#src/register/insured.ts';
import { parseNir } from '#src/register/nir.ts';

/** Why a line is set aside: the field and a code, never what the field holds. */
export type LineReading =
  | { readonly ok: true; readonly line: RegisterLine }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads one line of a register file against the day `today` (`yyyy-mm-dd`, Europe/Paris).
 *
 * Refused: what is not JSON, or not UTF-8 (`line: encoding`); unknown, missing or badly shaped fields; a NIR
 * that is not 13 well-formed characters; a birth date that is impossible (`00` stands for an unknown day or
 * month); an IBAN whose check digits are wrong; a fund that is not in `caisses`
 * (when that set is not empty). A date of birth that contradicts the NIR is accepted: civil status may have
 * been corrected since the number was given.
 */
export function readLine(text: string, today: string, caisses: ReadonlySet<string>): LineReading {
  if (text.includes('\uFFFD')) return refused('line: encoding');
  const value = parseJson(text);
  if (value === undefined) return refused('line: not_json');
  const parsed = registerLine.safeParse(value);
  if (!parsed.success) {
    return refused(firstProblem(parsed.error.issues, value));
  }
  const line = parsed.data;
  const nir = parseNir(line.nir);
  if (!nir.ok) return refused(`nir: ${nir.reason}`);
  if (nir.nir !== line.nir) return refused('nir: form');
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  const born = parseBirthDate({ day, month, year }, today);
  if (!born.ok) return refused(`birthDate: ${born.problems[0]?.reason}`);
  if (line.iban !== null && !isValidIBAN(line.iban)) return refused('iban: check_digits');
  if (caisses.size > 0 && !caisses.has(line.caisse)) return refused('caisse: unknown');
  return { ok: true, line };
}

/** A field that is unknown is named: misspelt, it would be lost. */
function firstProblem(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  const issue = unknown ?? issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys.find((name) => /^[a-z]\w{0,30}$/i.test(name));
    return key ? `${[...issue.path, key].join('.')}: unknown-field` : 'line: unknown-field';
  }
  const path = issue?.path ?? [];
  const absent = path.length > 0 && path.reduce(valueAt, value) === undefined;
  return `${path.join('.') || 'line'}: ${absent ? 'missing' : (issue?.code ?? 'invalid')}`;
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function refused(reason: string): LineReading {
  return { ok: false, reason };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
