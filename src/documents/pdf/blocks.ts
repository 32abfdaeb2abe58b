import type { Block } from '#src/documents/block.ts';
import { drawList } from '#src/documents/pdf/list.ts';
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
  size,
  write,
} from '#src/documents/pdf/page.ts';
import { drawProperties, drawTable } from '#src/documents/pdf/table.ts';

type Footer = Extract<Block, { kind: 'footer' }>;
type Flowing = Exclude<Block, Footer>;

/** Draws blocks one below the other, over as many pages as needed, and footers at the end. */
export function drawBlocks(canvas: Canvas, blocks: readonly Block[]): void {
  for (const block of blocks) if (block.kind !== 'footer') drawBlock(canvas, block);
  drawFooters(
    canvas,
    blocks.filter((block) => block.kind === 'footer'),
  );
}

function drawBlock(canvas: Canvas, block: Flowing): void {
  const { doc } = canvas;
  switch (block.kind) {
    case 'heading':
      // A heading is never the last line of a page.
      makeRoom(doc, mm(22));
      doc.y += 10;
      put(canvas, 'H2', () => write(doc.font(fonts.bold, size.heading), block.text));
      break;
    case 'paragraph':
      makeRoom(doc, heightOf(doc, block.text, pageWidth) + 5);
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
  }
}

function drawCode(canvas: Canvas, code: string): void {
  const { doc } = canvas;
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
  const { doc, section } = canvas;
  makeRoom(doc, heightOf(doc, label, pageWidth) + heightOf(doc, url, pageWidth) + 5);
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
  const { doc } = canvas;
  const text = lines.join('\n');
  makeRoom(doc, heightOf(doc, text, pageWidth) + 5);
  doc.y += 5;
  for (const line of lines) put(canvas, 'P', () => write(doc.font(fonts.regular, size.body), line));
}

/** Draws footers at the foot of the last page, the last line at the same height for any number of lines. */
function drawFooters(canvas: Canvas, footers: readonly Footer[]): void {
  const { doc } = canvas;
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
