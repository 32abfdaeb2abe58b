/**
 * The NIRs already met in a file, as numbers in an open-addressed table with the line of each: 24 to 48 bytes, so that
 * a file of millions of lines is checked for duplicates without a database.
 */
export interface SeenNirs {
  /** Notes the NIR (13 characters) of a line, unless an earlier line has it: the number of that line, or null. */
  add(nir: string, line: number): number | null;
}

export function seenNirs(): SeenNirs {
  let table = new Float64Array(1024);
  let lines = new Float64Array(1024);
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
    const moved = new Float64Array(table.length * 2);
    for (const [slot, number] of table.entries()) {
      if (number === 0) continue;
      const free = place(larger, number);
      larger[free] = number;
      moved[free] = lines[slot] ?? 0;
    }
    table = larger;
    lines = moved;
  }

  return {
    add(nir, line) {
      const number = asNumber(nir);
      const slot = place(table, number);
      if (table[slot] === number) return lines[slot] ?? 0;
      table[slot] = number;
      lines[slot] = line;
      size += 1;
      if (size * 2 > table.length) grow();
      return null;
    },
  };
}

/** A NIR as a number of its own: Corsica's letter becomes a leading 1 or 2 and a zero. */
function asNumber(nir: string): number {
  if (nir.includes('A')) return 1e13 + Number(nir.replace('A', '0'));
  if (nir.includes('B')) return 2e13 + Number(nir.replace('B', '0'));
  return Number(nir);
}
