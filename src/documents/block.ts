/**
 * What people get by mail or on paper is a list of blocks, in reading order. Texts make them; a mail, a letter and an
 * attestation each draw them in their own way.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A code to copy, set apart, with the spaces between its groups. */
  | { readonly kind: 'code'; readonly code: string }
  /** A button, and for those for whom it does not work the address to copy. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string; readonly ifNotWorking: string }
  | List
  /** Names and values: one of each in a row. */
  | { readonly kind: 'properties'; readonly caption: string; readonly rows: readonly Property[] }
  | Table
  /** The lines of a postal address, the name first. */
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  /** Stands at the end: of a mail after everything else, on paper at the foot of the last page. */
  | { readonly kind: 'footer'; readonly text: string };

export interface List {
  readonly kind: 'list';
  readonly style: 'numbered' | 'bulleted';
  readonly items: readonly ListItem[];
  /** Drawn beside the list on paper only: it repeats an address that one of the items gives to type. */
  readonly qrCode?: QrCode;
}

export interface ListItem {
  readonly text: string;
  /** The address of a page, to be typed: on lines of its own below the text. */
  readonly address?: string;
}

export interface QrCode {
  /** All that it holds. */
  readonly address: string;
  /** What it is, for those who do not see it. */
  readonly alt: string;
}

export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

export interface Column {
  readonly heading: string;
  /** Of the width on paper, in proportion to the shares of the other columns. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

export function heading(text: string): Block {
  return { kind: 'heading', text };
}

export function footer(text: string): Block {
  return { kind: 'footer', text };
}

/** The same block with its words changed; codes and addresses stay as they are. */
export function withWords(block: Block, change: (words: string) => string): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return { ...block, text: change(block.text) };
    case 'link':
      return { ...block, label: change(block.label), ifNotWorking: change(block.ifNotWorking) };
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, text: change(item.text) })) };
    case 'properties':
      return {
        ...block,
        caption: change(block.caption),
        rows: block.rows.map(({ name, value }) => ({ name: change(name), value: change(value) })),
      };
    case 'table':
      return {
        ...block,
        caption: change(block.caption),
        columns: block.columns.map((column) => ({ ...column, heading: change(column.heading) })),
        rows: block.rows.map((cells) => cells.map(change)),
      };
    case 'code':
    case 'address':
      return block;
  }
}
