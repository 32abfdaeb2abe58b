import type { Caisse } from '#src/caisses/reference.ts';

/**
 * What to tell the operator about where letters come back to, or null when each letter names an address. A letter
 * without one never comes back: its code stays alive, and the next letter goes to the same wrong address.
 *
 * @param returnAddress `LETTERS_RETURN_ADDRESS`, which stands on every letter
 * @param caisses whose own addresses are used otherwise
 */
export function returnAddressWarning(
  returnAddress: readonly string[],
  caisses: ReadonlyMap<string, Pick<Caisse, 'address'>>,
): string | null {
  if (returnAddress.length > 0) return null;
  const without = [...caisses.values()].filter(({ address }) => address.length === 0).length;
  if (without === 0) return null;
  return `${without} of ${caisses.size} caisses have no address for letters to come back to: set LETTERS_RETURN_ADDRESS, or fill the column address of the table caisse`;
}
