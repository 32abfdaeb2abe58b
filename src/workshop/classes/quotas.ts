import type { Owner } from '#src/workshop/classes/owned.ts';

/** How much one trainer, and all together, may have. */
export interface Quotas {
  /** Classes that one trainer keeps, ended ones too. */
  readonly ofOne: number;
  /** Classes of all trainers that are not ended. */
  readonly ofAll: number;
  readonly seats: number;
  /** Classes that one trainer prepares within 24 hours. */
  readonly perDay: number;
}

/** Which of them keeps a class from being prepared. */
export type QuotaReached = keyof Quotas;

export interface Standing {
  readonly kept: readonly { readonly owner: Owner; readonly isEnded: boolean }[];
  /** Whose the classes are that were prepared within 24 hours, erased ones too. */
  readonly lately: readonly Owner[];
}

/** Why a class cannot be prepared; null when it can. What the trainer can change alone comes first. */
export function quotaReached(
  quotas: Quotas,
  { kept, lately }: Standing,
  { owner, seats }: { readonly owner: Owner; readonly seats: number },
): QuotaReached | null {
  if (seats > quotas.seats) return 'seats';
  if (kept.filter((one) => one.owner === owner).length >= quotas.ofOne) return 'ofOne';
  if (lately.filter((one) => one === owner).length >= quotas.perDay) return 'perDay';
  return kept.filter(({ isEnded }) => !isEnded).length >= quotas.ofAll ? 'ofAll' : null;
}

const dayMs = 24 * 3_600_000;

export function isOfLastDay(at: Date, now: Date): boolean {
  return at.getTime() > now.getTime() - dayMs;
}
