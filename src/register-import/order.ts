import { type AsOf, isOlder } from '#src/register-import/as-of.ts';

/** What a file says of people whom it does not name: in a full file they are gone, in a delta they are as before. */
export type FileKind =
  | { readonly kind: 'full' }
  /** `since`: the date of the register on which it goes. */
  | { readonly kind: 'delta'; readonly since: AsOf };

/** Why a file is not the next one. */
export type OrderRefusal =
  | { readonly reason: 'older'; readonly asOf: AsOf; readonly newest: AsOf }
  /** A delta that ends before it begins. */
  | { readonly reason: 'delta-backwards'; readonly asOf: AsOf; readonly since: AsOf }
  /** A delta, and no register for it to go on. */
  | { readonly reason: 'delta-first' }
  /** The register is older than the one on which the delta goes: a file between them is missing. */
  | { readonly reason: 'delta-gap'; readonly since: AsOf; readonly newest: AsOf }
  /** The register is newer: the delta was loaded before, or has been overtaken. */
  | { readonly reason: 'delta-behind'; readonly since: AsOf; readonly newest: AsOf };

/**
 * Whether a file comes next after what the register holds (`newest`; null: nothing was loaded). A full file must not be older.
 * A delta goes on a register of exactly its `since`: neither a replay nor a file out of order is ever applied.
 */
export function orderRefusal(file: FileKind, asOf: AsOf, newest: AsOf | null): OrderRefusal | null {
  if (file.kind === 'full') return newest && isOlder(asOf, newest) ? { reason: 'older', asOf, newest } : null;
  const { since } = file;
  if (!isOlder(since, asOf)) return { reason: 'delta-backwards', asOf, since };
  if (!newest) return { reason: 'delta-first' };
  if (isOlder(newest, since)) return { reason: 'delta-gap', since, newest };
  return isOlder(since, newest) ? { reason: 'delta-behind', since, newest } : null;
}
