import type { PaperDocument } from '#src/documents/paper.ts';
import { addressWindow } from '#src/documents/pdf/address-window.ts';
import { asArtifact, type Canvas, fonts, lineGap, mm, page, put } from '#src/documents/pdf/page.ts';

/** Draws the part of the first page above the title, and moves `doc.y` to where the title begins. */
export function drawFrame(canvas: Canvas, document: PaperDocument): void {
  switch (document.frame.kind) {
    case 'window-envelope':
      drawEnvelope(canvas, document, document.frame.to);
      break;
    case 'plain':
      drawPlain(canvas, document);
      break;
    case 'sheet':
      drawSheet(canvas, document.frame.band);
  }
}

function drawEnvelope(canvas: Canvas, { sender, date }: PaperDocument, to: readonly string[]): void {
  const { doc, size } = canvas;
  // Fold mark.
  asArtifact(doc, () => doc.lineWidth(0.5).moveTo(mm(4), mm(99)).lineTo(mm(8), mm(99)).stroke('#777'));
  drawSender(canvas, sender, senderWidth);
  to.forEach((line, index) => {
    const y = addressWindow.top + index * addressWindow.lineHeight;
    put(canvas, 'P', () =>
      doc.font(fonts.regular, size.small).text(line, addressWindow.left, y, { lineBreak: false }),
    );
  });
  put(canvas, 'P', () =>
    doc.font(fonts.regular, size.small).text(date, page.left, mm(92), { lineBreak: false }),
  );
  doc.y = mm(102);
}

function drawPlain(canvas: Canvas, { sender, date }: PaperDocument): void {
  const { doc, size } = canvas;
  drawSender(canvas, sender, plainSenderWidth);
  const below = doc.y;
  put(canvas, 'P', () =>
    doc.font(fonts.regular, size.small).text(date, page.left + plainSenderWidth, page.top, {
      width: page.right - page.left - plainSenderWidth,
      align: 'right',
    }),
  );
  doc.y = Math.max(below, doc.y) + mm(10);
}

const bandTop = mm(9);
const bandHeight = mm(7);

/** The band on the first page of a document: read once. */
export function drawBand(canvas: Canvas, band: string): void {
  put(canvas, 'P', () => writeBand(canvas.doc, band));
}

/** The title begins below the band. */
function drawSheet(canvas: Canvas, band: string): void {
  drawBand(canvas, band);
  canvas.doc.y = page.nextTop;
}

/** The band on a page after the first: seen, not read again. */
export function repeatBand(doc: Canvas['doc'], band: string): void {
  asArtifact(doc, () => writeBand(doc, band));
}

function writeBand(doc: Canvas['doc'], band: string): void {
  doc
    .lineWidth(1.2)
    .rect(page.left, bandTop, page.right - page.left, bandHeight)
    .fillAndStroke('#f2f2f2', '#000');
  doc.fillColor('#000').font(fonts.bold, 12);
  doc.text(band, page.left, bandTop + mm(1.5), { width: page.right - page.left, align: 'center' });
}

/** Left of the window of the envelope. */
const senderWidth = mm(78);
/** Left of the date, which is 45 mm wide at most. */
const plainSenderWidth = mm(120);

function drawSender(canvas: Canvas, sender: readonly string[], width: number): void {
  const { doc, size } = canvas;
  doc.y = page.top;
  sender.forEach((line, index) => {
    const [font, points] = index === 0 ? [fonts.bold, size.body] : [fonts.regular, size.small];
    put(canvas, 'P', () => doc.font(font, points).text(line, page.left, doc.y, { width, lineGap }));
  });
}
