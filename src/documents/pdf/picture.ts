import type { Picture, PictureMark } from '#src/documents/paper-block.ts';
import {
  asArtifact,
  type Canvas,
  fonts,
  heightOf,
  lineGap,
  makeRoom,
  mm,
  page,
  pageWidth,
} from '#src/documents/pdf/page.ts';

const gap = mm(6);
const indent = mm(9);
const betweenItems = 6;
/** Of a number in its circle. */
const radius = mm(3);

const above = 8;

function measured(canvas: Canvas, { area, printedWidth, items }: Picture) {
  const scale = mm(printedWidth) / area.width;
  const room = pageWidth - mm(printedWidth) - gap - indent;
  const heights = items.map(({ text }) => heightOf(canvas, text, room) + betweenItems);
  return { scale, tall: area.height * scale, room, heights };
}

/** What a picture takes of a page, with what is beside it. */
export function pictureHeight(canvas: Canvas, picture: Picture): number {
  const { tall, heights } = measured(canvas, picture);
  return (
    Math.max(
      tall,
      heights.reduce((sum, one) => sum + one, 0),
    ) + above
  );
}

/** Draws a picture with its numbers, and what to do at each of them to its right. */
export function drawPicture(canvas: Canvas, picture: Picture): void {
  const { doc, section, size } = canvas;
  const { png, area, printedWidth, alt, marks, items, width, height } = picture;
  const { scale, tall, room, heights } = measured(canvas, picture);
  const left = page.left + mm(printedWidth) + gap;
  makeRoom(doc, pictureHeight(canvas, picture));
  const top = doc.y + above;
  const draw = () => {
    doc.save();
    doc.rect(page.left, top, mm(printedWidth), tall).clip();
    doc.image(png, page.left - area.x * scale, top - area.y * scale, {
      width: width * scale,
      height: height * scale,
    });
    doc.restore();
    const onPage = (mark: PictureMark) => ({
      x: page.left + (mark.frame.x - area.x) * scale,
      y: top + (mark.frame.y - area.y) * scale,
      width: mark.frame.width * scale,
      height: mark.frame.height * scale,
    });
    for (const mark of marks) {
      const { x, y, width: wide, height: high } = onPage(mark);
      doc.lineWidth(2).roundedRect(x, y, wide, high, 3).stroke('#a3002b');
      drawNumber(doc, mark.number, Math.min(x + wide, page.left + mm(printedWidth)), y);
    }
  };
  const bbox = [page.left, top, page.left + mm(printedWidth), top + tall] as const;
  section.add(doc.struct('Figure', { alt, bbox }, [draw]));
  asArtifact(doc, () => doc.lineWidth(0.7).rect(page.left, top, mm(printedWidth), tall).stroke('#777'));
  const list = doc.struct('L');
  section.add(list);
  let y = top;
  items.forEach(({ number, text }, index) => {
    const item = doc.struct('LI');
    list.add(item);
    const itemTop = y;
    item.add(doc.struct('Lbl', {}, [() => drawNumber(doc, number, left + radius, itemTop + radius)]));
    item.add(
      doc.struct('LBody', {}, [
        () =>
          doc
            .font(fonts.regular, size.body)
            .fillColor('#000')
            .text(text, left + indent, itemTop, { width: room, lineGap }),
      ]),
    );
    item.end();
    y += heights[index] ?? 0;
  });
  list.end();
  doc.y = Math.max(top + tall, y);
}

function drawNumber(doc: Canvas['doc'], number: number, x: number, y: number): void {
  doc.circle(x, y, radius).lineWidth(1).fillAndStroke('#a3002b', '#fff');
  doc
    .font(fonts.bold, 11)
    .fillColor('#fff')
    .text(String(number), x - radius, y - 6.4, { width: 2 * radius, align: 'center', lineBreak: false })
    .fillColor('#000');
}
