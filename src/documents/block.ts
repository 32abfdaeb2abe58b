import type { Language } from '#src/texts/language.ts';

/**
 * The content of mails and paper documents: a list of blocks in reading order. Each output (mail, letter, attestation)
 * renders them in its own way.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A code to copy, displayed on its own, with spaces between its groups. */
  | { readonly kind: 'code'; readonly code: string }
  /** A button, and its address to copy where the button does not work. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string; readonly ifNotWorking: string }
  /** A page to open, by an address to press or to copy; `label` says which. */
  | { readonly kind: 'page'; readonly label: string; readonly url: string }
  | List
  /** Rows of a name and a value. */
  | {
      readonly kind: 'properties';
      readonly caption: string;
      readonly captionWeight?: 'regular';
      readonly rows: readonly Property[];
      /** On paper, in millimetres at least: where something is written by hand. */
      readonly rowHeight?: number;
    }
  | Table
  /** The lines of a postal address, the name first. */
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  /** Comes last in a mail, and at the foot of the last page on paper. */
  | { readonly kind: 'footer'; readonly text: string };

export interface List {
  readonly kind: 'list';
  readonly style: 'numbered' | 'bulleted';
  readonly items: readonly ListItem[];
  /** Drawn beside the list, on paper only; it repeats an address in one of the items. */
  readonly qrCode?: QrCode;
}

export interface ListItem {
  readonly text: string;
  /** The address of a page to type, on its own lines below the text. */
  readonly address?: string;
}

export interface QrCode {
  /** The content of the code. */
  readonly address: string;
  /** Alternative text. */
  readonly alt: string;
}

export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  /** A sentence is printed as one, under a heading that names what follows. Without it: bold. */
  readonly captionWeight?: 'regular';
  readonly columns: readonly Column[];
  /** Each row has one cell for each column. */
  readonly rows: readonly (readonly Words[])[];
  /** On paper, in millimetres at least: where something is written by hand. */
  readonly rowHeight?: number;
}

/** Text, or parts of it of which some are in another language than the document. */
export type Words = string | readonly Run[];

export interface Run {
  readonly text: string;
  /** Null: that of the document. */
  readonly language: Language | null;
}

/** The text of all parts. */
export function textOf(words: Words): string {
  return typeof words === 'string' ? words : words.map(({ text }) => text).join('');
}

/** A sentence around words of another language; `sentence` puts them in. */
export function around(other: Run, sentence: (words: string) => string): readonly Run[] {
  const [before = '', after = ''] = sentence('\u0000').split('\u0000');
  const own = (text: string): Run => ({ text, language: null });
  return [own(before), other, own(after)].filter(({ text }) => text !== '');
}

export interface Column {
  readonly heading: string;
  /** Width on paper, in proportion to the shares of the other columns. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** Where to do what the text asks for. */
export function pageAt(label: string, url: string): Block {
  return { kind: 'page', label, url };
}

export function heading(text: string): Block {
  return { kind: 'heading', text };
}

export function footer(text: string): Block {
  return { kind: 'footer', text };
}

/** The same block with its texts changed; codes and addresses stay as they are. */
export function withWords(block: Block, change: (words: string) => string): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return { ...block, text: change(block.text) };
    case 'link':
      return { ...block, label: change(block.label), ifNotWorking: change(block.ifNotWorking) };
    case 'page':
      return { ...block, label: change(block.label) };
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
        rows: block.rows.map((cells) => cells.map((words) => changed(words, change))),
      };
    case 'code':
    case 'address':
      return block;
  }
}

function changed(words: Words, change: (words: string) => string): Words {
  return typeof words === 'string' ? change(words) : words.map((run) => ({ ...run, text: change(run.text) }));
}
