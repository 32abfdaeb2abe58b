import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type Parsed, parseNumberedKeys, writeNumberedKeys } from '#src/config/keys.ts';
import { systemRandom } from '#src/crypto/random.ts';

/** Prints a value for each secret of the environment; with `add`, after the ones that are there: it only opens yet. */
export function generateKeys(terminal: Terminal, add: boolean): ExitCode {
  const code = printKeys(terminal, (name) => {
    const known = add ? parseNumberedKeys(terminal.env[name] ?? '') : null;
    if (known?.ok === false) return known;
    const keys = new Map(known?.value);
    keys.set(Math.max(0, ...keys.keys()) + 1, systemRandom.bytes(32));
    return { ok: true, value: keys };
  });
  if (code === exitCodes.done)
    terminal.err('Keep these apart from the database and its backups: whoever has both can read everything.');
  return code;
}

/** Prints the keys of this environment with the newest of each first: the one that writes. */
export function promoteKeys(terminal: Terminal): ExitCode {
  return printKeys(terminal, (name) => {
    const known = parseNumberedKeys(terminal.env[name] ?? '');
    return known.ok ? { ok: true, value: new Map([...known.value].sort(([a], [b]) => b - a)) } : known;
  });
}

function printKeys(
  terminal: Terminal,
  make: (name: string) => Parsed<ReadonlyMap<number, Buffer>>,
): ExitCode {
  const lines: string[] = [];
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    const made = make(name);
    if (!made.ok) return refuse(terminal, `${name}: ${made.problem}`);
    lines.push(`${name}=${writeNumberedKeys(made.value)}`);
  }
  for (const line of lines) terminal.out(line);
  return exitCodes.done;
}

function refuse(terminal: Terminal, problem: string): ExitCode {
  terminal.err(`compte: ${problem}`);
  return exitCodes.configuration;
}
