import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { PaperDocument } from '#src/documents/paper.ts';
import { drawBlocks } from '#src/documents/pdf/blocks.ts';
import { drawBand, drawFrame, repeatBand } from '#src/documents/pdf/frame.ts';
import { type Canvas, fonts, put, sizes, write } from '#src/documents/pdf/page.ts';
import { localeOf } from '#src/texts/language.ts';

/** A PDF file in which each document starts on a new page. */
export interface WrittenPdf {
  readonly pdf: Buffer;
  /** The page on which each document starts (from 1), and its number of pages. */
  readonly documents: readonly {
    readonly id: string;
    readonly firstPage: number;
    readonly pages: number;
  }[];
}

export interface PdfOptions {
  readonly title: string;
  /** Creation date in the metadata. */
  readonly createdAt: Date;
  /** A line at the head of each page, read first; none by default. */
  readonly band?: string | undefined;
}

/**
 * Writes documents as one tagged PDF: structure in reading order, languages, alternative texts, embedded fonts, declared
 * PDF/A-3a, no script. The same documents with the same date give the same bytes.
 */
export async function writePdf(
  documents: readonly PaperDocument[],
  { title, createdAt, band: ofAll }: PdfOptions,
): Promise<WrittenPdf> {
  const first = documents[0];
  if (!first) throw new Error('There is no document to write');
  const doc = new PDFDocument({
    size: 'A4',
    // `makeRoom` breaks pages: a text that would cross a page break starts the next page.
    margins: { top: 0, left: 0, right: 0, bottom: 0 },
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: localeOf(first.language),
    font: fonts.regular,
    info: { Title: title, Author: first.sender[0] ?? title, CreationDate: createdAt, ModDate: createdAt },
  });
  const written = buffer(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  let pages = 0;
  let band: string | null = null;
  doc.on('pageAdded', () => {
    pages += 1;
    if (band !== null) repeatBand(doc, band);
  });
  const places = documents.map((document) => {
    const firstPage = pages + 1;
    const { language, title: name, frame } = document;
    band = null;
    doc.addPage();
    band = frame.kind === 'sheet' ? frame.band : (ofAll ?? null);
    if (frame.kind === 'sheet') doc.outline.addItem(name);
    const section = doc.struct('Sect', { lang: localeOf(language), title: name });
    root.add(section);
    const size = sizes[frame.kind === 'sheet' ? frame.size : 'usual'];
    const canvas = { doc, section, size };
    if (frame.kind !== 'sheet' && band !== null) drawBand(canvas, band);
    drawDocument(canvas, document);
    section.end();
    return { id: document.id, firstPage, pages: pages + 1 - firstPage };
  });
  root.end();
  doc.end();
  return { pdf: await written, documents: places };
}

function drawDocument(canvas: Canvas, document: PaperDocument): void {
  const { doc, size } = canvas;
  drawFrame(canvas, document);
  put(canvas, 'H1', () => write(doc.font(fonts.bold, size.title), document.title));
  drawBlocks(canvas, document.blocks);
}
