/** What stands in the place of a password that may no longer be used, until a new one is chosen by e-mail. */
export const disabledPassword = 'disabled';

/** Before the hash of a password that strangers have tried too often: it only works from a known device. */
export const knownDevicesOnly = 'known-devices-only:';

/** The stored hash that a password can be checked against, or null when there is none. */
export function usableHash(stored: string, fromKnownDevice = false): string | null {
  if (stored === disabledPassword) return null;
  if (!stored.startsWith(knownDevicesOnly)) return stored;
  return fromKnownDevice ? stored.slice(knownDevicesOnly.length) : null;
}
