import { errorFields } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

/** What an operator can do about a database that cannot be used, by the code of the system or the SQLSTATE. */
const remedies: readonly (readonly [code: RegExp, remedy: string])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)$/,
    'is PostgreSQL running, and at the address of DATABASE_URL?',
  ],
  [/^(28000|28P01)$/, 'compare user and password of DATABASE_URL, and pg_hba.conf'],
  [/^3D000$/, 'create the database, or correct its name in DATABASE_URL'],
  [/^53100$/, 'make room on the disk of the database, and run the command again'],
  [/^53300$/, 'raise max_connections, or run the command when fewer processes are connected'],
  [/^(57P0|08|ECONNRESET)/, 'PostgreSQL was stopped: run the command again once it answers'],
];

/** The same of an error that ends a command, with what to do where that is known. */
export function failureText(error: unknown): string {
  const text = errorText(error);
  const failed = error instanceof AggregateError ? error.errors[0] : error;
  const isOfDatabase = failed instanceof Error && ('routine' in failed || isConnecting(failed));
  const { code } = (failed instanceof Error && errorFields(failed)) || {};
  const remedy = isOfDatabase && remedies.find(([pattern]) => pattern.test(String(code)))?.[1];
  if (remedy) return `${text}: ${remedy}`;
  return /^Connection terminated/.test(text)
    ? `${text}: PostgreSQL was stopped: run the command again once it answers`
    : text;
}

function isConnecting(error: Error): boolean {
  return 'syscall' in error && /^(connect|getaddrinfo|read|write)$/.test(String(error.syscall));
}

/**
 * The text of an error for the terminal, with its code when the message lacks it; of an aggregate (a host name with two
 * addresses), each error. Database messages about a value (classes 22 and 23) repeat the value, so they are replaced
 * by its place in the schema.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return maskPersonalData(String(error));
  const { code, table, column, constraint } = errorFields(error) ?? {};
  if (typeof code === 'string' && /^2[23]/.test(code)) {
    const place = Object.entries({ table, column, constraint }).flatMap(([what, name]) =>
      name === undefined ? [] : [`${what} ${name}`],
    );
    return `the database refused a value (${[code, ...place].join(', ')})`;
  }
  const inner = error instanceof AggregateError ? error.errors.map(errorText) : [];
  const message = maskPersonalData(error.message) || [...new Set(inner)].join('; ') || error.name;
  return code === undefined || message.includes(String(code)) ? message : `${message} (${code})`;
}

/** The system's code of a file that cannot be used (`ENOSPC`); `unknown` where there is none. */
export function fileCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
