/** One page of what a search found. */
export interface Found<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly last: number;
}

export interface Search<Item> {
  /** Everything by which an item can be found. */
  readonly textOf: (item: Item) => string;
  readonly query: string;
  /** The page that is asked for; the nearest one there is, when there are not so many. */
  readonly page: number;
  readonly perPage: number;
}

/** Those whose text holds every word of `query`, whatever the capitals and accents, one page of them. */
export function search<Item>(
  all: readonly Item[],
  { textOf, query, page: asked, perPage }: Search<Item>,
): Found<Item> {
  const words = folded(query).split(' ').filter(Boolean);
  const found = all.filter((item) => {
    const text = folded(textOf(item));
    return words.every((word) => text.includes(word));
  });
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(Math.max(1, asked), last);
  return { items: found.slice((page - 1) * perPage, page * perPage), total: found.length, page, last };
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
}
