import { fileURLToPath } from 'node:url';
import type PDFDocument from 'pdfkit';

declare global {
  namespace PDFKit.Mixins {
    /** Options that pdfkit reads and its types omit. */
    interface StructureElementOptions {
      /** Left, top, right and bottom on the page, in points from its top left corner. */
      bbox?: readonly [number, number, number, number];
      /** Whether a table cell is the heading of its row or of its column. */
      scope?: 'Row' | 'Column';
    }
  }
}

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;

/** The document being drawn: `doc.y` is the position on the page, `section` the one in the structure. */
export interface Canvas {
  readonly doc: Doc;
  readonly section: Element;
  readonly size: Sizes;
}

export const mm = (millimetres: number) => (millimetres * 72) / 25.4;

/** A4 without its margins. */
export const page = { left: mm(20), right: mm(190), top: mm(18), bottom: mm(284), nextTop: mm(20) };
export const pageWidth = page.right - page.left;

/** In points: at least 12 for everyone who gets a document; `compact` is for one page that a trainer keeps at hand. */
export const sizes = {
  usual: { body: 14, small: 12, title: 19, heading: 15, code: 30 },
  large: { body: 16, small: 13, title: 22, heading: 18, code: 30 },
  compact: { body: 10.5, small: 10, title: 16, heading: 12, code: 20 },
} as const;
export type Sizes = Readonly<Record<keyof typeof sizes.usual, number>>;
export const lineGap = 2;

export const fonts = {
  regular: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
  mono: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf')),
};

/** Draws tagged content: the order of calls is the reading order. */
export function put({ doc, section }: Canvas, tag: string, draw: () => void): void {
  section.add(doc.struct(tag, {}, [draw]));
}

/** Writes over the width of the page in the current font, and moves below. */
export function write(doc: Doc, text: string): void {
  doc.text(text, page.left, doc.y, { width: pageWidth, lineGap });
}

/** Height of a body text in a column of that width. */
export function heightOf({ doc, size }: Pick<Canvas, 'doc' | 'size'>, text: string, width: number): number {
  return doc.font(fonts.regular, size.body).heightOfString(text, { width, lineGap });
}

/** Starts a new page unless this one has room for the height; returns whether it did. */
export function makeRoom(doc: Doc, height: number): boolean {
  if (doc.y + height <= page.bottom) return false;
  doc.addPage();
  doc.y = page.nextTop;
  return true;
}

/** Draws an artifact, outside the reading order: a line, a frame, the repeated headings of a table. */
export function asArtifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
