import PDFDocument from 'pdfkit';
import { type Canvas, fonts, mm, sizes } from '#src/documents/pdf/page.ts';
import { windowLines } from '#src/documents/pdf/window-lines.ts';

/** Inside the window of a French envelope, which is 100 to 195 mm from the left and 45 to 90 mm from the top. */
export const addressWindow = { left: mm(105), top: mm(50), width: mm(88), lineHeight: mm(5.4) };

/** The lines of an address in the window; null when it is too long. */
export function addressLines(envelope: string): readonly string[] | null {
  // Reading the font takes longer than measuring a thousand lines.
  ruler ??= new PDFDocument({ autoFirstPage: false, font: fonts.regular }).fontSize(sizes.usual.small);
  const measured = ruler;
  return windowLines(envelope, (line) => measured.widthOfString(line) <= addressWindow.width);
}

let ruler: Canvas['doc'] | null = null;
