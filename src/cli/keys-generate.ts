import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type Parsed, parseNumberedKeys, writeNumberedKeys } from '#src/config/secrets/keys.ts';
import { readSecretFiles } from '#src/config/secrets/secret-files.ts';
import { systemRandom } from '#src/crypto/random.ts';

/** Prints new keys for each variable; with `add`, appended to the present ones: they only decrypt at first. */
export function generateKeys(terminal: Terminal, add: boolean): ExitCode {
  const code = printKeys(terminal, (list) => {
    const present = add ? parseNumberedKeys(list) : null;
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
  return printKeys(terminal, (list) => {
    const present = parseNumberedKeys(list);
    return present.ok ? { ok: true, value: new Map([...present.value].sort(([a], [b]) => b - a)) } : present;
  });
}

/** `make` gets the present list of a variable, from the environment or its file; empty where there is none. */
function printKeys(
  terminal: Terminal,
  make: (list: string) => Parsed<ReadonlyMap<number, Buffer>>,
): ExitCode {
  const { env, problems } = readSecretFiles(terminal.env);
  const [problem] = problems.filter((line) => /^(MASTER_KEYS|PASSWORD_PEPPERS)/.test(line));
  if (problem) return refuse(terminal, problem);
  const lines: string[] = [];
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    const keys = make(env[name] ?? '');
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
