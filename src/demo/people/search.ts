/** One page of what a search found. */
export interface Found<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly last: number;
}

export interface Search<Item> {
  /** The text in which the words of a query are looked up. */
  readonly textOf: (item: Item) => string;
  readonly query: string;
  /** The requested page; the nearest existing one is returned. */
  readonly page: number;
  readonly perPage: number;
}

/** One page of the items whose text has every word of `query`, ignoring case and accents. */
export function search<Item>(
  all: readonly Item[],
  { textOf, query, page: requested, perPage }: Search<Item>,
): Found<Item> {
  const words = folded(query).split(' ').filter(Boolean);
  const found = all.filter((item) => {
    const text = folded(textOf(item));
    return words.every((word) => text.includes(word));
  });
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(Math.max(1, requested), last);
  return { items: found.slice((page - 1) * perPage, page * perPage), total: found.length, page, last };
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
}
