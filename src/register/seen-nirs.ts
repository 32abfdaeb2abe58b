/**
 * The NIRs already met in a file, as numbers in an open-addressed table: 16 to 32 bytes each, so that a file of
 * millions of lines is checked for duplicates without a database.
 */
export interface SeenNirs {
  /** False when that NIR (13 characters) was already there. */
  add(nir: string): boolean;
}

export function seenNirs(): SeenNirs {
  let table = new Float64Array(1024);
  let size = 0;

  function place(slots: Float64Array, number: number): number {
    const last = slots.length - 1;
    const mixed = Math.imul((number % 2 ** 32) ^ Math.floor(number / 2 ** 32), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 16)) & last;
    while (slots[slot] !== 0 && slots[slot] !== number) slot = (slot + 1) & last;
    return slot;
  }

  function grow(): void {
    const larger = new Float64Array(table.length * 2);
    for (const number of table) if (number !== 0) larger[place(larger, number)] = number;
    table = larger;
  }

  return {
    add(nir) {
      const number = asNumber(nir);
      const slot = place(table, number);
      if (table[slot] === number) return false;
      table[slot] = number;
      size += 1;
      if (size * 2 > table.length) grow();
      return true;
    },
  };
}

/** A NIR as a number of its own: Corsica's letter becomes a leading 1 or 2 and a zero. */
function asNumber(nir: string): number {
  if (nir.includes('A')) return 1e13 + Number(nir.replace('A', '0'));
  if (nir.includes('B')) return 2e13 + Number(nir.replace('B', '0'));
  return Number(nir);
}
