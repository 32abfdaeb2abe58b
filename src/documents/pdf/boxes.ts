import type { Boxes, Drawing, Panel, Shape } from '#src/documents/paper-block.ts';
import { asArtifact, type Canvas, fonts, makeRoom, mm, page, pageWidth } from '#src/documents/pdf/page.ts';

const gap = mm(4);
const padding = mm(3);

/** Draws boxes beside each other, two in the width of the page, with a dashed line to cut along around each. */
export function drawBoxes(canvas: Canvas, { height, boxes }: Boxes): void {
  const { doc } = canvas;
  makeRoom(doc, mm(height) + 6);
  const top = doc.y + 6;
  const width = (pageWidth - gap) / 2;
  boxes.forEach((box, index) => {
    const place = { x: page.left + index * (width + gap), y: top, width, height: mm(height) };
    asArtifact(doc, () =>
      doc
        .lineWidth(0.7)
        .dash(4, { space: 3 })
        .rect(place.x, place.y, place.width, place.height)
        .stroke('#555')
        .undash(),
    );
    if (box.kind === 'drawing') drawDrawing(canvas, box, place);
    else drawPanel(canvas, box, place);
  });
  doc.y = top + mm(height);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As large as the box allows, in its middle. */
function drawDrawing(
  { doc, section }: Canvas,
  { alt, width, height, shapes }: Drawing,
  { x, y, width: roomWide, height: roomHigh }: Place,
): void {
  const scale = Math.min((roomWide - padding) / width, (roomHigh - padding) / height);
  const left = x + (roomWide - width * scale) / 2;
  const top = y + (roomHigh - height * scale) / 2;
  const draw = () => {
    doc.save().translate(left, top).scale(scale);
    for (const shape of shapes) drawShape(doc, shape);
    doc.restore();
  };
  const bbox = [left, top, left + width * scale, top + height * scale] as const;
  section.add(doc.struct('Figure', { alt, bbox }, [draw]));
}

function drawShape(doc: Canvas['doc'], shape: Shape): void {
  if (shape.kind === 'line') {
    doc.lineWidth(shape.weight).path(shape.path).stroke('#000');
    return;
  }
  const { text, x, baseline, room } = shape;
  const font = shape.bold ? fonts.bold : fonts.regular;
  const wide = doc.font(font, shape.size).widthOfString(text);
  doc.font(font, wide > room ? (shape.size * room) / wide : shape.size);
  doc.fillColor('#000').text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
}

function drawPanel({ doc, section }: Canvas, { title, rows }: Panel, { x, y, width }: Place): void {
  const inside = { width: width - 2 * padding, lineGap: 0.5 };
  const write = (tag: string, draw: () => void) => section.add(doc.struct(tag, {}, [draw]));
  doc.y = y + padding;
  write('P', () =>
    doc
      .font(fonts.bold, 10.5)
      .fillColor('#000')
      .text(title, x + padding, doc.y, inside),
  );
  doc.y += 2;
  for (const { name, value } of rows)
    write('P', () => {
      const before = doc.font(fonts.regular, 10).widthOfString(`${name} `);
      const wide = before + doc.font(fonts.bold, 10).widthOfString(value);
      // What is copied in one go stays on one line.
      const points = value.includes(' ') ? 10 : Math.min(10, (10 * inside.width) / wide);
      doc.font(fonts.regular, points).text(`${name} `, x + padding, doc.y, { ...inside, continued: true });
      doc.font(fonts.bold, points).text(value, inside);
    });
}
