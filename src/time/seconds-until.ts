/** What `Retry-After` says of an instant: whole seconds from now, one at least. */
export function secondsUntil(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
}
