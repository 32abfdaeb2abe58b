/** `busy`: the queue is full, try again later; `abandoned`: the client has left, nothing was computed. */
export type NotComputed =
  | { readonly ok: false; readonly reason: 'busy'; readonly retryAfterSeconds: number }
  | { readonly ok: false; readonly reason: 'abandoned' };

export type LaneResult<T> = { readonly ok: true; readonly value: T } | NotComputed;

/** For `Retry-After`. A client that has left reads no answer: any small number will do for it. */
export function retryAfterSeconds(refused: NotComputed): number {
  return refused.reason === 'busy' ? refused.retryAfterSeconds : 3;
}
