/** What stands in the place of a password that may no longer be used, until a new one is chosen by e-mail. */
export const disabledPassword = 'disabled';

/** The stored hash that a password can be checked against, or null when there is none. */
export function usableHash(stored: string): string | null {
  return stored === disabledPassword ? null : stored;
}
