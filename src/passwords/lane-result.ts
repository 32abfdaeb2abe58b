/** `busy`: come back after so many seconds; `abandoned`: whoever asked has left, nothing was computed. */
export type LaneResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: 'busy'; readonly retryAfterSeconds: number }
  | { readonly ok: false; readonly reason: 'abandoned' };
