import { readCode } from '#src/texts/written-code.ts';

/**
 * A support code as somebody read, heard or typed it: any case, spaces and hyphens anywhere; O is zero, I and L are
 * one. `XXXX-XXXX`, or null when it cannot be one.
 */
export function parseSupportCode(typed: string): string | null {
  const code = readCode(typed);
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : null;
}
