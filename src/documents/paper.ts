import type { PaperBlock } from '#src/documents/paper-block.ts';
import type { Language } from '#src/texts/language.ts';

/** A paper document: A4, for one person, in one language. */
export interface PaperDocument {
  /** Identifies it in the list of documents of a file. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** Lines at the top left, the first one in bold. */
  readonly sender: readonly string[];
  readonly date: string;
  readonly frame: Frame;
  readonly blocks: readonly PaperBlock[];
}

/**
 * Layout of the first page. `window-envelope`: the sheet is folded into a French window envelope, through which only `to`
 * is visible (`addressLines`). `plain`: for documents that are handed over or downloaded, such as attestations. `sheet`:
 * for the papers of an exercise, which say on each page that nothing on them is real; sender and date are not printed.
 */
export type Frame =
  | { readonly kind: 'window-envelope'; readonly to: readonly string[] }
  | { readonly kind: 'plain' }
  | { readonly kind: 'sheet'; readonly band: string; readonly size: 'usual' | 'large' | 'compact' };
