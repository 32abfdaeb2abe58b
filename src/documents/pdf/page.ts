import { fileURLToPath } from 'node:url';
import type PDFDocument from 'pdfkit';

declare global {
  namespace PDFKit.Mixins {
    /** What pdfkit reads besides what its types say. */
    interface StructureElementOptions {
      /** Left, top, right and bottom on the page, in points from its top left corner. */
      bbox?: readonly [number, number, number, number];
      /** Which cells a cell of a table is the heading of. */
      scope?: 'Row' | 'Column';
    }
  }
}

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;

/** Where a document is being drawn: its place on the pages is `doc.y`, its place in the structure `section`. */
export interface Canvas {
  readonly doc: Doc;
  readonly section: Element;
}

export const mm = (millimetres: number) => (millimetres * 72) / 25.4;

/** A4 without its margins. */
export const page = { left: mm(20), right: mm(190), top: mm(18), bottom: mm(284), nextTop: mm(20) };
export const pageWidth = page.right - page.left;

/** In points: nothing on paper is smaller than 12. */
export const size = { body: 14, small: 12, title: 19, heading: 15, code: 30 };
export const lineGap = 2;

export const fonts = {
  regular: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
  mono: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf')),
};

/** Draws something that is read, under its tag: the order of calls is the reading order. */
export function put({ doc, section }: Canvas, tag: string, draw: () => void): void {
  section.add(doc.struct(tag, {}, [draw]));
}

/** Writes across the page in the font that is set, and goes on below. */
export function write(doc: Doc, text: string): void {
  doc.text(text, page.left, doc.y, { width: pageWidth, lineGap });
}

/** How high a text of the body is in a column of that width. */
export function heightOf(doc: Doc, text: string, width: number): number {
  return doc.font(fonts.regular, size.body).heightOfString(text, { width, lineGap });
}

/** Starts a page where what comes next has no room left on this one; answers whether it did. */
export function makeRoom(doc: Doc, height: number): boolean {
  if (doc.y + height <= page.bottom) return false;
  doc.addPage();
  doc.y = page.nextTop;
  return true;
}

/** Draws something that is not read: a line, a frame, the heading of a table on its next page. */
export function asArtifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
