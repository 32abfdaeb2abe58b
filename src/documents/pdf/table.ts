import type { Block, Table } from '#src/documents/block.ts';
import {
  asArtifact,
  type Canvas,
  fonts,
  heightOf,
  lineGap,
  makeRoom,
  page,
  pageWidth,
  put,
  size,
} from '#src/documents/pdf/page.ts';

interface Cell {
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  /** The cells that it is the heading of; null for a data cell. */
  readonly scope: 'Row' | 'Column' | null;
}

const padding = 4;
const nameShare = 2;
const valueShare = 3;

/** A table of two columns, in which the name is the heading of its row. */
export function drawProperties(
  canvas: Canvas,
  { caption, rows }: Extract<Block, { kind: 'properties' }>,
): void {
  const [names, values] = columnsOf([{ share: nameShare }, { share: valueShare }]);
  if (!names || !values) return;
  drawRows(
    canvas,
    caption,
    null,
    rows.map(({ name, value }) => [
      { ...names, text: name, scope: 'Row' },
      { ...values, text: value, scope: null },
    ]),
  );
}

/** A table with headings, repeated on each page but read once. */
export function drawTable(canvas: Canvas, { caption, columns, rows }: Table): void {
  const places = columnsOf(columns);
  const headings = columns.flatMap(({ heading }, index): Cell[] => {
    const place = places[index];
    return place ? [{ ...place, text: heading, scope: 'Column' }] : [];
  });
  drawRows(
    canvas,
    caption,
    headings,
    rows.map((cells) =>
      cells.flatMap((text, index): Cell[] => {
        const place = places[index];
        return place ? [{ ...place, text, scope: null }] : [];
      }),
    ),
  );
}

type Place = Pick<Cell, 'left' | 'width' | 'align'>;

function columnsOf(columns: readonly Pick<Table['columns'][number], 'share' | 'align'>[]): readonly Place[] {
  const totalShare = columns.reduce((sum, { share }) => sum + share, 0);
  let left = page.left;
  return columns.map(({ share, align = 'left' }) => {
    const width = (pageWidth * share) / totalShare;
    const place = { left: left + padding, width: width - 2 * padding, align };
    left += width;
    return place;
  });
}

function drawRows(
  { doc, section }: Canvas,
  caption: string,
  headings: readonly Cell[] | null,
  rows: readonly (readonly Cell[])[],
): void {
  const table = doc.struct('Table');
  section.add(table);
  const canvas = { doc, section: table };
  const [first = []] = rows;
  // The caption and the headings stay on the page of the first row.
  const captionHeight = heightOf(doc, caption, pageWidth) + 4 * padding;
  makeRoom(doc, captionHeight + (headings ? rowHeight(canvas, headings) : 0) + rowHeight(canvas, first));
  doc.y += 3 * padding;
  put(canvas, 'Caption', () =>
    doc.font(fonts.bold, size.body).text(caption, page.left, doc.y, { width: pageWidth, lineGap }),
  );
  doc.y += padding;
  if (headings) drawRow(canvas, headings);
  else drawRule(canvas);
  for (const row of rows) {
    if (makeRoom(doc, rowHeight(canvas, row)) && headings)
      asArtifact(doc, () => drawCells(canvas, headings, (_cell, draw) => draw()));
    drawRow(canvas, row);
  }
  table.end();
}

function drawRow({ doc, section }: Canvas, cells: readonly Cell[]): void {
  const row = doc.struct('TR');
  section.add(row);
  drawCells({ doc, section }, cells, ({ scope }, draw) =>
    row.add(scope ? doc.struct('TH', { scope }, [draw]) : doc.struct('TD', {}, [draw])),
  );
  row.end();
  drawRule({ doc, section });
}

function drawCells(
  canvas: Canvas,
  cells: readonly Cell[],
  put: (cell: Cell, draw: () => void) => void,
): void {
  const { doc } = canvas;
  const top = doc.y;
  const height = rowHeight(canvas, cells);
  for (const cell of cells) {
    const { text, left, width, align } = cell;
    put(cell, () => setFont(canvas, cell).text(text, left, top + padding, { width, align, lineGap }));
  }
  doc.y = top + height;
}

function rowHeight(canvas: Canvas, cells: readonly Cell[]): number {
  const heights = cells.map((cell) =>
    setFont(canvas, cell).heightOfString(cell.text, { width: cell.width, lineGap }),
  );
  return Math.max(0, ...heights) + 2 * padding;
}

function setFont({ doc }: Canvas, { scope }: Cell): Canvas['doc'] {
  return doc.font(scope ? fonts.bold : fonts.regular, size.small);
}

function drawRule({ doc }: Canvas): void {
  const { y } = doc;
  asArtifact(doc, () => doc.lineWidth(0.5).moveTo(page.left, y).lineTo(page.right, y).stroke('#777'));
}
