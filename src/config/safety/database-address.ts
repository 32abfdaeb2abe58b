import { accessSync, constants } from 'node:fs';
import { isThisMachine } from '#src/config/addresses.ts';
import { addressesOf } from '#src/database/servers/addresses.ts';

/**
 * The modes that mean what they say. The driver takes the others for `verify-full` today and for less in its next
 * version, and a misspelt one for encryption that it then does not check.
 */
const tlsModes: readonly string[] = ['verify-full', 'no-verify', 'disable'];

/**
 * What is wrong with how the address of a database asks for TLS: a server that need not prove itself where `mustProve`, a
 * mode that we do not know, a file that cannot be read.
 */
export function databaseProblems(variable: string, url: string, mustProve: boolean): string[] {
  const servers = addressesOf(url).map((address) => new URL(address));
  const problem = mustProve && !servers.every(provesItself) ? inClear : modeProblem(servers);
  return [...(problem === null ? [] : [problem]), ...fileProblems(servers)].map(
    (line) => `${variable}: ${line}`,
  );
}

const inClear =
  'must say sslmode=verify-full (and sslrootcert=… for an authority of your own), or set DATABASE_TLS=off where nobody can stand between';

/** A database on another machine must authenticate itself: an attacker in between could read and forge everything. */
function provesItself({ searchParams, hostname }: URL): boolean {
  const socket = searchParams.get('host') ?? decodeURIComponent(hostname);
  const near = socket === '' || socket.startsWith('/') || isThisMachine(socket);
  return near || searchParams.get('sslmode') === 'verify-full';
}

function modeProblem([server]: readonly URL[]): string | null {
  const modes = server?.searchParams.getAll('sslmode') ?? [];
  return modes.length < 2 && modes.every((mode) => tlsModes.includes(mode))
    ? null
    : 'sslmode must be verify-full, once; with DATABASE_TLS=off it may be no-verify (encrypted, whoever answers) or disable';
}

function fileProblems([server]: readonly URL[]): string[] {
  return ['sslrootcert', 'sslcert', 'sslkey'].flatMap((name) => {
    const path = server?.searchParams.get(name) ?? null;
    const code = path === null ? null : unreadable(path);
    return code === null ? [] : [`${name} names a file that cannot be read (${code})`];
  });
}

function unreadable(path: string): string | null {
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
