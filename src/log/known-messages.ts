/**
 * Messages of errors without a code that cannot hold personal data: of the database driver, of Node.js, and of this
 * program where they name a version, a count or an id. Each pattern matches the whole message: one with anything else
 * in it is not shown.
 */
const loggable: readonly RegExp[] = [
  /^timeout exceeded when trying to connect$/,
  /^Connection terminated( unexpectedly| due to connection timeout)?$/,
  /^Client (has encountered a connection error|was closed) and is not queryable$/,
  /^Query read timeout$/,
  /^Cannot use a pool after calling end on the pool$/,
  /^The server does not support SSL connections$/,
  /^There was an error establishing an SSL connection$/,
  // A value that was sealed under another key, or for another row.
  /^Unsupported state or unable to authenticate data$/,
  /^(Master key|Password pepper) \d{1,9} is not configured$/,
  /^A stored password does not have the expected form$/,
  /^The password thread (failed|stopped)$/,
  /^No password thread is free$/,
  /^The content of notice [\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12} does not fit its kind$/,
  /^The provider (does not answer as it should|is not asked for the moment|is in trouble|answers too much)$/,
  /^The thread gave nothing$/,
];

/** The message when it is one of these; undefined otherwise. */
export function loggableMessage(message: unknown): string | undefined {
  if (typeof message !== 'string' || message.length > 200) return undefined;
  return loggable.some((pattern) => pattern.test(message)) ? message : undefined;
}
