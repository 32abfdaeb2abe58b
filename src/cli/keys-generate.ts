import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type Parsed, parseNumberedKeys, writeNumberedKeys } from '#src/config/keys.ts';
import { systemRandom } from '#src/crypto/random.ts';

/** Prints new keys for each variable; with `add`, appended to the present ones: they only decrypt at first. */
export function generateKeys(terminal: Terminal, add: boolean): ExitCode {
  const code = printKeys(terminal, (name) => {
    const present = add ? parseNumberedKeys(terminal.env[name] ?? '') : null;
    if (present?.ok === false) return present;
    const keys = new Map(present?.value);
    keys.set(Math.max(0, ...keys.keys()) + 1, systemRandom.bytes(32));
    return { ok: true, value: keys };
  });
  if (code === exitCodes.done)
    terminal.err(
      'Keep these apart from the database and its backups: anyone who has both can read everything.',
    );
  return code;
}

/** Prints the keys of this environment with the newest of each variable first: it then encrypts. */
export function promoteKeys(terminal: Terminal): ExitCode {
  return printKeys(terminal, (name) => {
    const present = parseNumberedKeys(terminal.env[name] ?? '');
    return present.ok ? { ok: true, value: new Map([...present.value].sort(([a], [b]) => b - a)) } : present;
  });
}

function printKeys(
  terminal: Terminal,
  make: (name: string) => Parsed<ReadonlyMap<number, Buffer>>,
): ExitCode {
  const lines: string[] = [];
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    const keys = make(name);
    if (!keys.ok) return refuse(terminal, `${name}: ${keys.problem}`);
    lines.push(`${name}=${writeNumberedKeys(keys.value)}`);
  }
  for (const line of lines) terminal.out(line);
  return exitCodes.done;
}

function refuse(terminal: Terminal, problem: string): ExitCode {
  terminal.err(`compte: ${problem}`);
  return exitCodes.configuration;
}
