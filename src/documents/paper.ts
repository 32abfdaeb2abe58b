import type { Block } from '#src/documents/block.ts';
import type { Language } from '#src/texts/language.ts';

/** A document on paper: A4, one person's, in one language. */
export interface PaperDocument {
  /** Names it in the list of what a file holds. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** Lines at the top left, the first one standing out. */
  readonly sender: readonly string[];
  readonly date: string;
  readonly frame: Frame;
  readonly blocks: readonly Block[];
}

/**
 * How the first page begins. `window-envelope`: the sheet is folded into a French window envelope, where `to` is all
 * that is seen (`addressLines`). `plain`: it is handed over or downloaded, as an attestation is.
 */
export type Frame =
  | { readonly kind: 'window-envelope'; readonly to: readonly string[] }
  | { readonly kind: 'plain' };
