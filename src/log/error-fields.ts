import { loggableMessage } from '#src/log/known-messages.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

const root = new URL('../../', import.meta.url).href;
const masked = '[masked]';
const maxNesting = 3;

/** An identifier of this program or of a library (a code, a name in the schema): never free text. */
export function word(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return /^[A-Za-z_][\w.:-]{0,79}$/.test(value) ? maskPersonalData(value) : masked;
}

/** The classes of PostgreSQL's codes (appendix A of its manual): five characters, of which these are the first two. */
const sqlState =
  /^(0[01238ABFLPZ]|2[0-8BDF]|3[489BDF]|4[024]|5[34578]|72|F0|HV|P0|XX)(?=[\dA-Z]{3}$)[\dA-Z]{3}$/;

function errorCode(value: unknown): string | undefined {
  return typeof value === 'string' && sqlState.test(value) ? value : word(value);
}

/** `RCPT TO`, `DATA`: the SMTP command that failed. */
function command(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{2,10}( [A-Z]{2,12})?$/.test(value) ? value : undefined;
}

/** What an OpenID provider answers in place of tokens (RFC 6749, 5.2; OpenID Connect Core, 3.1.2.6). */
const oauthErrors: ReadonlySet<unknown> = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'invalid_token',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]);

function oauthError(value: unknown): unknown {
  return oauthErrors.has(value) ? value : undefined;
}

function whole(most: number): (value: unknown) => number | undefined {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most ? value : undefined;
}

/**
 * The properties of an error that hold fixed values, with their names in the log: the place in a database schema, the
 * system call and port of a connection, the status of a server.
 */
const reportedProperties: readonly (readonly [
  name: string,
  from: string,
  read: (value: unknown) => unknown,
])[] = [
  ['code', 'code', errorCode],
  ['table', 'table', word],
  ['column', 'column', word],
  ['constraint', 'constraint', word],
  ['syscall', 'syscall', word],
  ['port', 'port', whole(65_535)],
  ['command', 'command', command],
  ['oauth', 'error', oauthError],
  ['status', 'status', whole(999)],
  ['status', 'statusCode', whole(999)],
  ['status', 'responseCode', whole(999)],
];

/**
 * What the log shows of an error: its name and code, its properties with fixed values, its stack frames, and the same
 * for its causes. Never a message that is not on the list of `known-messages.ts`, a detail or a value: these repeat
 * what a person typed or what a row holds.
 */
export function errorFields(error: unknown, depth = maxNesting): Record<string, unknown> | undefined {
  if (error === undefined || error === null || depth === 0) return undefined;
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}` };
  const fields: Record<string, unknown> = { name: word(error.name) };
  const properties = new Map(Object.entries(Object.getOwnPropertyDescriptors(error)));
  for (const [name, from, read] of reportedProperties) {
    const value = read(properties.get(from)?.value);
    if (value !== undefined) fields[name] = value;
  }
  const message = loggableMessage(error.message);
  if (message !== undefined) fields.says = message;
  const issues = issuesOf(properties.get('issues')?.value);
  if (issues.length > 0) fields.issues = issues;
  fields.at = frames(error.stack ?? '');
  const nested = nestedIn(error)
    .map((inner) => errorFields(inner, depth - 1))
    .filter((inner) => inner !== undefined);
  if (nested.length > 0) fields.errors = nested;
  const cause = errorFields(error.cause, depth - 1);
  if (cause !== undefined) fields.cause = cause;
  return fields;
}

/** The validation issues of a schema, by field: `content.until invalid_format`. */
function issuesOf(issues: unknown): string[] {
  if (!Array.isArray(issues)) return [];
  return issues.slice(0, 5).map((issue: unknown) => {
    if (!(issue instanceof Object && 'path' in issue && 'code' in issue)) return '';
    const path: readonly unknown[] = Array.isArray(issue.path) ? issue.path : [];
    const field = path.map((part) => (typeof part === 'number' ? part : word(part))).join('.');
    return `${field} ${word(issue.code)}`.trim();
  });
}

function nestedIn(error: Error): readonly unknown[] {
  return error instanceof AggregateError ? error.errors.slice(0, maxNesting) : [];
}

function frames(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12)
    .map((line) => maskPersonalData(line.trim().slice(3).replaceAll(root, '')));
}
