import { cleanCode } from '#src/texts/clean.ts';

export type PostalCodeProblem = 'empty' | 'characters' | 'length' | 'unknown';

/**
 * Prefixes that La Poste uses: départements 01 to 95 (20 for Corsica), overseas and Monaco, the armed forces (00);
 * and 99, which marks an address abroad in files of the Assurance Maladie.
 */
const knownPrefix = /^(00(?!000)|0[1-9]|[1-8]\d|9[0-5]|97[1-8]|98[046-9]|99)/;

/** Codes of a place that has two, with the one that replaces them. */
const twins: ReadonlyMap<string, string> = new Map([
  // Paris 16e: La Poste sorts its southern half by 75016 and its northern half by 75116; people write either.
  ['75116', '75016'],
]);

/**
 * Reads a French postal code, also as `F-80000` or in groups (`cleanCode`), into the canonical form for comparing and
 * looking up: 75116 is read as 75016. CEDEX codes are accepted as they are, since no public list maps them to places.
 * `unknown`: five digits with a prefix that La Poste does not use.
 */
export function parsePostalCode(
  typed: string,
):
  | { readonly ok: true; readonly postalCode: string }
  | { readonly ok: false; readonly reason: PostalCodeProblem } {
  const code = cleanCode(typed).replace(/^FR?(?=\d)/, '');
  if (code === '') return { ok: false, reason: 'empty' };
  if (!/^\d+$/.test(code)) return { ok: false, reason: 'characters' };
  if (code.length !== 5) return { ok: false, reason: 'length' };
  if (!knownPrefix.test(code)) return { ok: false, reason: 'unknown' };
  return { ok: true, postalCode: twins.get(code) ?? code };
}

/** Overseas départements and collectivities (postal codes 97 and 98), where mail takes longer. */
export function isOverseas(postalCode: string): boolean {
  return /^9[78]/.test(postalCode);
}
