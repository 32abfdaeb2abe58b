import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { explanations } from '#src/config/explained.ts';
import { environmentSchema } from '#src/config/schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const mostBytes = 64 * 1024;

/** The settings that a file may hold instead of the environment: secrets. */
export const secretSettings: readonly string[] = Object.entries(environmentSchema.shape)
  .filter(([, schema]) => explanations.get(schema)?.secret)
  .map(([name]) => name);

/** The variable that names the file of a secret: `MASTER_KEYS_FILE`. */
export function fileSetting(name: string): string {
  return `${name}_FILE`;
}

export interface SecretFiles {
  /** The environment with the content of these files under the names of their settings. */
  readonly env: Environment;
  /** One line for each that cannot be used, never with its content. */
  readonly problems: readonly string[];
  /** The settings whose file cannot be used: they are not missing. */
  readonly faulty: readonly string[];
}

/**
 * Reads the files that `MASTER_KEYS_FILE` and the like name, as secrets are given to containers and by systemd. The line
 * break at the end of a file is not part of its secret.
 */
export function readSecretFiles(env: Environment): SecretFiles {
  const given = secretSettings.filter((name) => env[fileSetting(name)]?.trim());
  if (given.length === 0) return { env, problems: [], faulty: [] };
  const values: Record<string, string> = {};
  const problems: string[] = [];
  const faulty: string[] = [];
  for (const name of given) {
    const setting = fileSetting(name);
    if (env[name]?.trim()) problems.push(`${name}: is set, and ${setting} too: unset one of them`);
    else {
      const reading = readSecret(env[setting] ?? '');
      if (reading.ok) values[name] = reading.secret;
      else {
        problems.push(`${setting}: ${reading.problem}`);
        faulty.push(name);
      }
    }
  }
  return { env: { ...env, ...values }, problems, faulty };
}

type SecretReading =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly problem: string };

function readSecret(path: string): SecretReading {
  const refused = (problem: string): SecretReading => ({ ok: false, problem });
  let bytes: Buffer | 'no file' | 'too large';
  try {
    bytes = readSmallFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    return refused(`names a file that cannot be read (${code})`);
  }
  if (bytes === 'no file') return refused('names something that is no file');
  if (bytes === 'too large') return refused(`names a file of more than ${mostBytes / 1024} KiB`);
  const secret = decoded(bytes)?.replace(/\r?\n$/, '');
  if (secret === undefined || secret.includes('\0')) return refused('names a file that is not UTF-8 text');
  return secret.trim() === '' ? refused('names a file that is empty') : { ok: true, secret };
}

/** Anything but a file is refused: a pipe would be waited for without end, already when it is opened. */
function readSmallFile(path: string): Buffer | 'no file' | 'too large' {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return 'no file';
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, null);
    return length > mostBytes ? 'too large' : bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
