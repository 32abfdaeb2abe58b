import type { List, QrCode } from '#src/documents/block.ts';
import {
  type Canvas,
  fonts,
  heightOf,
  lineGap,
  makeRoom,
  mm,
  page,
  pageWidth,
} from '#src/documents/pdf/page.ts';
import { qrDrawing } from '#src/documents/pdf/qr.ts';

const indent = mm(8);
const addressLine = mm(6.6);
const qrSide = mm(38);

/** What the items take of a page, without addresses and a QR code. */
export function listHeight(canvas: Canvas, { items }: Pick<List, 'items'>): number {
  return items.reduce((sum, { text }) => sum + heightOf(canvas, text, pageWidth - indent) + 4, 4);
}

/** Draws the items one below the other, all on one page, with the QR code to their right. */
export function drawList(canvas: Canvas, { style, items, qrCode }: List): void {
  const { doc, section, size } = canvas;
  const room = pageWidth - indent - (qrCode ? qrSide + mm(4) : 0);
  const lines = items.map(({ address }) => (address ? addressParts(canvas, address, room) : []));
  const heights = items.map(
    ({ text }, index) => heightOf(canvas, text, room) + (lines[index]?.length ?? 0) * addressLine + 4,
  );
  const height = heights.reduce((sum, itemHeight) => sum + itemHeight, 4);
  makeRoom(doc, Math.max(height, qrCode ? qrSide : 0));
  const top = doc.y + 4;
  const list = doc.struct('L');
  section.add(list);
  let y = top;
  items.forEach(({ text }, index) => {
    const item = doc.struct('LI');
    list.add(item);
    const itemTop = y;
    const mark = style === 'numbered' ? `${index + 1}.` : '•';
    const label = () =>
      doc.font(fonts.regular, size.body).text(mark, page.left, itemTop, { lineBreak: false });
    const content = () => {
      // A space, so that who hears it does not hear the address as part of the last word.
      const read = (lines[index] ?? []).length > 0 ? `${text} ` : text;
      doc.font(fonts.regular, size.body).text(read, page.left + indent, itemTop, { width: room, lineGap });
      doc.font(fonts.bold, size.body);
      for (const line of lines[index] ?? []) {
        const next = doc.y + addressLine;
        doc.text(line, page.left + indent, doc.y, { lineBreak: false });
        doc.y = next;
      }
    };
    item.add(doc.struct('Lbl', {}, [label]));
    item.add(doc.struct('LBody', {}, [content]));
    item.end();
    y += heights[index] ?? 0;
  });
  list.end();
  if (qrCode) drawQrCode(canvas, qrCode, page.right - qrSide, top);
  doc.y = Math.max(top + height - 4, qrCode ? top + qrSide : 0);
}

/** An address on one line, or broken before a slash where it is too wide, never at a hyphen. */
function addressParts({ doc, size }: Canvas, address: string, room: number): readonly string[] {
  doc.font(fonts.bold, size.body);
  const lines: string[] = [];
  for (const part of address.split(/(?<![/:])(?=\/)/)) {
    const longer = `${lines.at(-1) ?? ''}${part}`;
    if (lines.length > 0 && doc.widthOfString(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

function drawQrCode({ doc, section }: Canvas, { address, alt }: QrCode, x: number, y: number): void {
  const { size: modules, dark } = qrDrawing(address);
  const module = qrSide / modules;
  section.add(
    doc.struct('Figure', { alt, bbox: [x, y, x + qrSide, y + qrSide] }, [
      () => {
        for (const run of dark) doc.rect(x + run.x * module, y + run.y * module, run.width * module, module);
        doc.fill('#000');
      },
    ]),
  );
}
