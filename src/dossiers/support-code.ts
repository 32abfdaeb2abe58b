import { readCode } from '#src/texts/written-code.ts';

/**
 * Reads a support code as typed: any case, spaces and hyphens anywhere; O is read as zero, I and L as one. `XXXX-XXXX`,
 * or null when it cannot be one.
 */
export function parseSupportCode(typed: string): string | null {
  const code = readCode(typed);
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : null;
}
