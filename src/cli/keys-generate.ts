import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { parseNumberedKeys, writeNumberedKeys } from '#src/config/keys.ts';
import { systemRandom } from '#src/random.ts';

/** Prints a value for each secret of the environment; with `add`, before the ones that are there. */
export function generateKeys(terminal: Terminal, add: boolean): ExitCode {
  const lines: string[] = [];
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    const known = parseNumberedKeys((add && terminal.env[name]) || '');
    if (add && !known.ok) return refuse(terminal, `${name}: ${known.problem}`);
    const keys = new Map(known.ok ? known.value : []);
    keys.set(Math.max(0, ...keys.keys()) + 1, systemRandom.bytes(32));
    lines.push(`${name}=${writeNumberedKeys(keys)}`);
  }
  for (const line of lines) terminal.out(line);
  terminal.err('Keep these apart from the database and its backups: whoever has both can read everything.');
  return exitCodes.done;
}

function refuse(terminal: Terminal, problem: string): ExitCode {
  terminal.err(`compte: ${problem}`);
  return exitCodes.configuration;
}
