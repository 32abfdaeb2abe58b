import type { Caisse } from '#src/caisses/reference.ts';

/**
 * The warning for the operator when letters have no return address, or null when each letter has one. A letter without
 * one never comes back: its code stays valid, and the next letter goes to the same wrong address.
 *
 * @param returnAddress `LETTERS_RETURN_ADDRESS`, printed on every letter
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

/** The warning for the operator where no letters are printed. */
export const noPaper =
  'LETTERS is off: documents that matter and that nobody opens stay in the account, and nothing goes by post';
