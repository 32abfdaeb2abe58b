/**
 * Whether an error says that the database is not there for the moment: connection refused or cut, a name or a way that
 * is not found, no connection free in time, statement or transaction over its time, a server that does not answer, is
 * starting, full, or not the one that takes writes, or whose certificate has expired; two that waited for each other, of
 * which one was undone. What is asked again later may pass. Of several servers, one is enough.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|08|57P0|53)/.test(code) ||
    /^(57014|40001|40P01|55P03|25006|25P03|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/.test(code) ||
    /^(timeout exceeded when trying to connect|Connection terminated|Client (has encountered|was closed)|Query read timeout)/.test(
      error.message,
    )
  );
}

/** A lock that was not had in time, or two that waited for each other: the same may pass a moment later. */
export function isLockedOut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(55P03|40P01)$/.test(String(error.code));
}
