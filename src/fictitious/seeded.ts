/** Choices that a seed repeats: for invented data only, never for a secret. */
export interface Seeded {
  /** An integer from 0 to `below` − 1. */
  below(below: number): number;
  between(first: number, last: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  digits(length: number): string;
}

/** Mulberry32 (public domain, Tommy Ettinger): 32 bits of state, enough for a fictitious register. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (share) => next() < share,
    pick(list) {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new Error('Nothing to choose from');
      return chosen;
    },
    digits(length) {
      let text = '';
      while (text.length < length) text += below(10);
      return text;
    },
  };
}
