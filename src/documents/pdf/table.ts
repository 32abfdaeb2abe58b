import { type Block, type Run, type Table, textOf, type Words } from '#src/documents/block.ts';
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
  put,
} from '#src/documents/pdf/page.ts';
import { localeOf } from '#src/texts/language.ts';

interface Cell {
  readonly words: Words;
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
  { caption, captionWeight, rows, rowHeight: atLeast = 0 }: Extract<Block, { kind: 'properties' }>,
): void {
  const [names, values] = columnsOf([{ share: nameShare }, { share: valueShare }]);
  if (!names || !values) return;
  drawRows(
    canvas,
    { caption, captionWeight },
    null,
    rows.map(({ name, value }) => [
      { ...names, words: name, scope: 'Row' },
      { ...values, words: value, scope: null },
    ]),
    mm(atLeast),
  );
}

/** A table with headings, repeated on each page but read once. */
export function drawTable(canvas: Canvas, table: Table): void {
  const { caption, captionWeight, columns, rows, rowHeight: atLeast = 0 } = table;
  const places = columnsOf(columns, longestWords(canvas, table));
  const headings = columns.flatMap(({ heading }, index): Cell[] => {
    const place = places[index];
    return place ? [{ ...place, words: heading, scope: 'Column' }] : [];
  });
  drawRows(
    canvas,
    { caption, captionWeight },
    headings,
    rows.map((cells) =>
      cells.flatMap((words, index): Cell[] => {
        const place = places[index];
        return place ? [{ ...place, words, scope: null }] : [];
      }),
    ),
    mm(atLeast),
  );
}

interface Caption {
  readonly caption: string;
  readonly captionWeight: 'regular' | undefined;
}

type Place = Pick<Cell, 'left' | 'width' | 'align'>;

/** Columns as wide as their shares; one that is too narrow for its longest word takes room from those that have some. */
function columnsOf(
  columns: readonly Pick<Table['columns'][number], 'share' | 'align'>[],
  longest: readonly number[] = [],
): readonly Place[] {
  const totalShare = columns.reduce((sum, { share }) => sum + share, 0);
  const shares = columns.map(({ share }, index) => {
    const width = (pageWidth * share) / totalShare;
    return { width, spare: width - (longest[index] ?? 0) - 2 * padding };
  });
  const missing = shares.reduce((sum, { spare }) => sum - Math.min(0, spare), 0);
  const room = shares.reduce((sum, { spare }) => sum + Math.max(0, spare), 0);
  const taken = room > missing ? missing / room : 0;
  let left = page.left;
  return columns.map(({ align = 'left' }, index) => {
    const { width: wished = 0, spare = 0 } = shares[index] ?? {};
    const isFitted = room > missing;
    const whole = isFitted ? wished - (spare > 0 ? spare * taken : spare) : wished;
    const place = { left: left + padding, width: whole - 2 * padding, align };
    left += whole;
    return place;
  });
}

/** The width of the longest word of each column, its heading included. */
function longestWords({ doc, size }: Canvas, { columns, rows }: Table): readonly number[] {
  // A little more than the word, so that rounding does not break it.
  const widest = (text: string) =>
    Math.max(0, ...text.split(/[ \n]|(?<=-)/).map((word) => doc.widthOfString(word) + 0.5));
  doc.font(fonts.bold, size.small);
  const headings = columns.map(({ heading }) => widest(heading));
  doc.font(fonts.regular, size.small);
  return headings.map((width, index) =>
    rows.reduce((most, cells) => Math.max(most, widest(textOf(cells[index] ?? ''))), width),
  );
}

function drawRows(
  { doc, section, size }: Canvas,
  { caption, captionWeight }: Caption,
  headings: readonly Cell[] | null,
  rows: readonly (readonly Cell[])[],
  atLeast: number,
): void {
  const table = doc.struct('Table');
  section.add(table);
  const canvas = { doc, section: table, size };
  const [first = []] = rows;
  // The caption and the headings stay on the page of the first row.
  const captionHeight = heightOf(canvas, caption, pageWidth) + 4 * padding;
  makeRoom(
    doc,
    captionHeight +
      (headings ? rowHeight(canvas, headings) : 0) +
      Math.max(atLeast, rowHeight(canvas, first)),
  );
  doc.y += 3 * padding;
  put(canvas, 'Caption', () =>
    doc
      .font(fonts[captionWeight ?? 'bold'], size.body)
      .text(caption, page.left, doc.y, { width: pageWidth, lineGap }),
  );
  doc.y += padding;
  if (headings) drawRow(canvas, headings);
  else drawRule(canvas);
  for (const row of rows) {
    if (makeRoom(doc, Math.max(atLeast, rowHeight(canvas, row))) && headings)
      asArtifact(doc, () => drawCells(canvas, headings, (_cell, runs) => drawAll(runs)));
    drawRow(canvas, row, atLeast);
  }
  table.end();
}

function drawRow({ doc, section, size }: Canvas, cells: readonly Cell[], atLeast = 0): void {
  const row = doc.struct('TR');
  section.add(row);
  const { y: top } = doc;
  drawCells({ doc, section, size }, cells, ({ scope }, runs) => {
    const content = runs.map(({ language, draw }) =>
      language === null ? draw : doc.struct('Span', { lang: localeOf(language) }, [draw]),
    );
    row.add(scope ? doc.struct('TH', { scope }, content) : doc.struct('TD', {}, content));
  });
  row.end();
  doc.y = Math.max(doc.y, top + atLeast);
  drawRule({ doc, section, size });
}

function drawCells(
  canvas: Canvas,
  cells: readonly Cell[],
  put: (cell: Cell, runs: readonly DrawnRun[]) => void,
): void {
  const { doc } = canvas;
  const top = doc.y;
  const height = rowHeight(canvas, cells);
  for (const cell of cells) {
    put(cell, drawnRuns(canvas, cell, top + padding));
  }
  doc.y = top + height;
}

/** A part of a cell; the parts are drawn in their order, each where the one before ends. */
interface DrawnRun {
  readonly language: Run['language'];
  readonly draw: () => void;
}

function drawnRuns(canvas: Canvas, cell: Cell, top: number): readonly DrawnRun[] {
  const { words, left, width, align } = cell;
  const runs: readonly Run[] = typeof words === 'string' ? [{ text: words, language: null }] : words;
  return runs.map(({ text, language }, index) => ({
    language,
    draw: () => {
      const options = { width, align, lineGap, continued: index < runs.length - 1 };
      if (index === 0) setFont(canvas, cell).text(text, left, top, options);
      else canvas.doc.text(text, options);
    },
  }));
}

function drawAll(runs: readonly DrawnRun[]): void {
  for (const { draw } of runs) draw();
}

function rowHeight(canvas: Canvas, cells: readonly Cell[]): number {
  const heights = cells.map((cell) =>
    setFont(canvas, cell).heightOfString(textOf(cell.words), { width: cell.width, lineGap }),
  );
  return Math.max(0, ...heights) + 2 * padding;
}

function setFont({ doc, size }: Canvas, { scope }: Cell): Canvas['doc'] {
  return doc.font(scope ? fonts.bold : fonts.regular, size.small);
}

function drawRule({ doc }: Canvas): void {
  const { y } = doc;
  asArtifact(doc, () => doc.lineWidth(0.5).moveTo(page.left, y).lineTo(page.right, y).stroke('#777'));
}
