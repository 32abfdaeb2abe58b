/** A number, or a part of the total. */
export type Share =
  | { readonly kind: 'number'; readonly most: number }
  /** From 0 to 1. */
  | { readonly kind: 'part'; readonly most: number };

/** One line in a hundred: a register that is worse than that was written by something broken. */
export const defaultMaxRejected: Share = { kind: 'part', most: 0.01 };

export const exactly: Share = { kind: 'number', most: 0 };

/** Reads `25` or `0.5%`; null for anything else. */
export function parseShare(text: string): Share | null {
  if (/^\d{1,9}$/.test(text)) return { kind: 'number', most: Number(text) };
  const [, part] = /^(\d{1,3}(?:\.\d{1,4})?) ?%$/.exec(text) ?? [];
  if (part === undefined || Number(part) > 100) return null;
  return { kind: 'part', most: Number(part) / 100 };
}

/** Whether `count` exceeds the share of `all`. */
export function exceeds(share: Share, count: number, all: number): boolean {
  return share.kind === 'number' ? count > share.most : count > share.most * all;
}

export function formatShare({ kind, most }: Share): string {
  return kind === 'number' ? String(most) : `${Number((most * 100).toFixed(4))} %`;
}
