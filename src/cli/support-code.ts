import type { Terminal } from '#src/cli/terminal.ts';
import { parseSupportCode } from '#src/dossiers/support-code.ts';

/** How a support code may be typed, for the help of the commands that take one. */
export const supportCodeHelp = 'as read on the page: XXXX-XXXX; O counts as zero, I and L as one';

/** The support code given as an argument; null when it cannot be one, with the reason on the terminal. */
export function readSupportCode(terminal: Pick<Terminal, 'err'>, argument: string): string | null {
  const code = parseSupportCode(argument);
  if (code === null) terminal.err('compte: a support code has 8 letters and digits, never U');
  return code;
}
