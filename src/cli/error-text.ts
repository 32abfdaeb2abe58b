import { errorFields } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

const stopped = 'PostgreSQL was stopped: run the command again once it answers';

/**
 * What an operator can do about a database that cannot be used, by the code of the system, of TLS or the SQLSTATE, or by
 * what the error says.
 */
const remedies: readonly (readonly [known: RegExp, remedy: string])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)$/,
    'is PostgreSQL running, and at the address of DATABASE_URL?',
  ],
  [
    /^no pg_hba\.conf entry .* no encryption/,
    'this server wants TLS: add sslmode=verify-full to DATABASE_URL',
  ],
  [
    /^connection requires a valid client certificate/,
    'this server wants a certificate of the client: add sslcert=… and sslkey=… to DATABASE_URL',
  ],
  [
    /^The server does not support SSL/,
    'set ssl = on in its postgresql.conf, with a certificate for its host name',
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+)$/,
    'the authority of its certificate is not known: name it with sslrootcert=… in DATABASE_URL, or add it to the system with update-ca-certificates',
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    'renew the certificate of PostgreSQL, or correct the clock of this machine',
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'name the server in DATABASE_URL as its certificate does'],
  [/^25006$/, 'it only reads: promote it, or name the primary in DATABASE_URL'],
  [/^(28000|28P01)$/, 'compare user and password of DATABASE_URL, and pg_hba.conf'],
  [/^3D000$/, 'create the database, or correct its name in DATABASE_URL'],
  [/^53100$/, 'make room on the disk of the database, and run the command again'],
  [/^53300$/, 'raise max_connections, or run the command when fewer processes are connected'],
  [/^(57P0|08|ECONNRESET)/, stopped],
  [/^(Connection terminated|Client (has encountered a connection error|was closed) )/, stopped],
];

/** The same of an error that ends a command, with what to do where that is known. */
export function failureText(error: unknown): string {
  const text = errorText(error);
  const remedy = databaseRemedy(error);
  return remedy === undefined ? text : `${text}: ${remedy}`;
}

/** Of several servers, or several addresses of one, that of the first. */
function databaseRemedy(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return databaseRemedy(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  const code = String(errorFields(error)?.code);
  const isOfFile = /^E[A-Z]+$/.test(code) && !isConnecting(error);
  const known = remedies.find(([pattern]) => pattern.test(error.message) || pattern.test(code));
  return isOfFile ? undefined : known?.[1];
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
