import type { Block } from '#src/documents/block.ts';

/** What only paper shows, besides the blocks that mails have too. Lengths are millimetres unless they say otherwise. */
export type PaperBlock = Block | Picture | Boxes | Cut;

/** Part of a picture of a page, numbered, with what to do there beside it. */
export interface Picture {
  readonly kind: 'picture';
  /** As a `data:` address: a file holds it once, however often it is shown. */
  readonly png: string;
  /** Of the whole picture, in its pixels, as are `area` and the marks. */
  readonly width: number;
  readonly height: number;
  readonly area: Box;
  readonly printedWidth: number;
  readonly alt: string;
  readonly marks: readonly PictureMark[];
  /** In the order in which they are read. */
  readonly items: readonly PictureItem[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A frame around something, with its number. */
export interface PictureMark {
  readonly number: number;
  readonly frame: Box;
}

export interface PictureItem {
  readonly number: number;
  readonly text: string;
}

/** Boxes of one height beside each other, to cut out. */
export interface Boxes {
  readonly kind: 'boxes';
  readonly height: number;
  readonly boxes: readonly (Drawing | Panel)[];
}

/** A drawing in units of its own, upper left corner first. */
export interface Drawing {
  readonly kind: 'drawing';
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape =
  /** A path of SVG, as a line. */
  | { readonly kind: 'line'; readonly path: string; readonly weight: number }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      /** The line that the letters stand on. */
      readonly baseline: number;
      readonly size: number;
      readonly bold?: boolean;
      /** Where it must end: it is made smaller where it is longer. */
      readonly room: number;
    };

/** Names and values, small. */
export interface Panel {
  readonly kind: 'panel';
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

/** A line to cut along before what follows, which takes so much room. */
export interface Cut {
  readonly kind: 'cut';
  readonly room: number;
}
