import type { Block } from '#src/documents/block.ts';
import type { PaperBlock } from '#src/documents/paper-block.ts';
import { drawBoxes } from '#src/documents/pdf/boxes.ts';
import { drawList, listHeight } from '#src/documents/pdf/list.ts';
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
  write,
} from '#src/documents/pdf/page.ts';
import { drawPicture, pictureHeight } from '#src/documents/pdf/picture.ts';
import { drawProperties, drawTable } from '#src/documents/pdf/table.ts';

type Footer = Extract<Block, { kind: 'footer' }>;
type Flowing = Exclude<PaperBlock, Footer>;

/** Draws blocks one below the other, over as many pages as needed, and footers at the end. */
export function drawBlocks(canvas: Canvas, blocks: readonly PaperBlock[]): void {
  blocks.forEach((block, index) => {
    if (block.kind === 'heading') makeRoom(canvas.doc, underHeading(canvas, blocks.slice(index)));
    if (block.kind !== 'footer') drawBlock(canvas, block);
  });
  drawFooters(
    canvas,
    blocks.filter((block) => block.kind === 'footer'),
  );
}

/** What a heading stays together with: the picture, the list or the first row that follows it, and the words between. */
function underHeading(canvas: Canvas, [heading, ...following]: readonly PaperBlock[]): number {
  const { size } = canvas;
  let height = heading?.kind === 'heading' ? heightOf(canvas, heading.text, pageWidth) + size.heading : 0;
  for (const block of following) {
    if (block.kind === 'picture') return height + pictureHeight(canvas, block);
    if (block.kind === 'list') return height + listHeight(canvas, block);
    if ('captionWeight' in block) return height + mm(45);
    if (block.kind !== 'paragraph') return 0;
    height += heightOf(canvas, block.text, pageWidth) + 5;
  }
  return 0;
}

function drawBlock(canvas: Canvas, block: Flowing): void {
  const { doc, size } = canvas;
  switch (block.kind) {
    case 'heading':
      // A heading is never the last line of a page.
      makeRoom(doc, mm(22));
      doc.y += 10;
      put(canvas, 'H2', () => write(doc.font(fonts.bold, size.heading), block.text));
      break;
    case 'paragraph':
      makeRoom(doc, heightOf(canvas, block.text, pageWidth) + 5);
      doc.y += 5;
      put(canvas, 'P', () => write(doc.font(fonts.regular, size.body), block.text));
      break;
    case 'code':
      drawCode(canvas, block.code);
      break;
    case 'link':
    case 'page':
      drawLink(canvas, block);
      break;
    case 'list':
      drawList(canvas, block);
      break;
    case 'properties':
      drawProperties(canvas, block);
      break;
    case 'table':
      drawTable(canvas, block);
      break;
    case 'address':
      drawAddress(canvas, block.lines);
      break;
    case 'picture':
      drawPicture(canvas, block);
      break;
    case 'boxes':
      drawBoxes(canvas, block);
      break;
    case 'cut':
      drawCut(canvas, block);
  }
}

/** A line to cut along, or the next page where what follows does not fit below it. */
function drawCut({ doc }: Canvas, { room }: Extract<PaperBlock, { kind: 'cut' }>): void {
  if (makeRoom(doc, mm(room))) return;
  doc.y += 8;
  const { y } = doc;
  asArtifact(doc, () =>
    doc.lineWidth(0.7).dash(4, { space: 3 }).moveTo(mm(5), y).lineTo(mm(205), y).stroke('#555').undash(),
  );
  doc.y += 8;
}

function drawCode(canvas: Canvas, code: string): void {
  const { doc, size } = canvas;
  const height = mm(19);
  makeRoom(doc, height + 12);
  doc.y += 8;
  const top = doc.y;
  asArtifact(doc, () => doc.lineWidth(1.5).roundedRect(page.left, top, pageWidth, height, 6).stroke('#000'));
  put(canvas, 'P', () =>
    doc
      .font(fonts.mono, size.code)
      .fillColor('#000')
      .text(code, page.left, top + (height - size.code * 1.1) / 2, {
        width: pageWidth,
        align: 'center',
        characterSpacing: 2,
        lineBreak: false,
      }),
  );
  doc.y = top + height + 4;
}

/** The label, then the address itself, to click on a screen or type from paper. */
function drawLink(canvas: Canvas, { label, url }: Extract<Block, { kind: 'link' | 'page' }>): void {
  const { doc, section, size } = canvas;
  makeRoom(doc, heightOf(canvas, label, pageWidth) + heightOf(canvas, url, pageWidth) + 5);
  doc.y += 5;
  put(canvas, 'P', () => write(doc.font(fonts.regular, size.body), label));
  const linkParagraph = doc.struct('P');
  section.add(linkParagraph);
  const address = () =>
    doc
      .font(fonts.bold, size.body)
      .text(url, page.left, doc.y, { width: pageWidth, lineGap, link: url, underline: true });
  linkParagraph.add(doc.struct('Link', { alt: label }, [address]));
  linkParagraph.end();
}

function drawAddress(canvas: Canvas, lines: readonly string[]): void {
  const { doc, size } = canvas;
  const text = lines.join('\n');
  makeRoom(doc, heightOf(canvas, text, pageWidth) + 5);
  doc.y += 5;
  for (const line of lines) put(canvas, 'P', () => write(doc.font(fonts.regular, size.body), line));
}

/** Draws footers at the foot of the last page, the last line at the same height for any number of lines. */
function drawFooters(canvas: Canvas, footers: readonly Footer[]): void {
  const { doc, size } = canvas;
  if (footers.length === 0) return;
  doc.font(fonts.regular, size.small);
  const line = doc.currentLineHeight(true) + lineGap;
  const heights = footers.map(({ text }) => doc.heightOfString(text, { width: pageWidth, lineGap }));
  const lines = Math.round(heights.reduce((sum, height) => sum + height, 0) / line);
  const above = (lines - 1) * line;
  makeRoom(doc, mm(8) + above);
  doc.y = Math.max(doc.y + 4, page.bottom - mm(4) - above);
  for (const { text } of footers) put(canvas, 'P', () => write(doc.font(fonts.regular, size.small), text));
}
