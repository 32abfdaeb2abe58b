import { containsPersonalData } from '#src/log/personal-data.ts';
import { clean } from '#src/texts/clean.ts';

export type ReasonProblem = 'empty' | 'too-long' | 'names-somebody';

const mostCharacters = 200;

/**
 * Reads why an agent does something for a person. It stays in the audit trail in clear for years: what looks like a NIR, an
 * IBAN, an address or a telephone number is refused, a reference to a letter or a call is what belongs there.
 */
export function readReason(
  typed: string,
): { readonly ok: true; readonly reason: string } | { readonly ok: false; readonly problem: ReasonProblem } {
  if (typed.length > mostCharacters * 10) return { ok: false, problem: 'too-long' };
  const reason = clean(typed);
  if (reason === '') return { ok: false, problem: 'empty' };
  if ([...reason].length > mostCharacters) return { ok: false, problem: 'too-long' };
  return containsPersonalData(reason) ? { ok: false, problem: 'names-somebody' } : { ok: true, reason };
}
