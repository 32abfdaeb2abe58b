import { formatTelephone, parseTelephone } from '#src/contact/telephone.ts';
import { clean } from '#src/texts/clean.ts';

/**
 * Reads a number that people are asked to call, into the form that pages show: four digits (`3646`), an ordinary number
 * of ten digits (`formatTelephone`), or a special one (`08…`) in pairs. Null for anything else.
 */
export function parseServiceTelephone(typed: string): string | null {
  const digits = clean(typed).replace(/[ .-]/g, '');
  if (/^[13]\d{3}$/.test(digits)) return digits;
  if (/^08\d{8}$/.test(digits)) return digits.replace(/(\d\d)(?=\d)/g, '$1\u00a0');
  const fixed = parseTelephone(typed, 'fixe');
  const line = fixed.ok ? fixed : parseTelephone(typed, 'portable');
  return line.ok ? formatTelephone(line.e164) : null;
}
