import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { PaperDocument } from '#src/documents/paper.ts';
import { drawBlocks } from '#src/documents/pdf/blocks.ts';
import { drawFrame } from '#src/documents/pdf/frame.ts';
import { type Canvas, fonts, put, size, write } from '#src/documents/pdf/page.ts';
import { localeOf } from '#src/texts/language.ts';

/** One file: every document starts a page of its own. */
export interface WrittenPdf {
  readonly pdf: Buffer;
  /** Page on which each document starts (from 1), and how many it has. */
  readonly documents: readonly {
    readonly id: string;
    readonly firstPage: number;
    readonly pages: number;
  }[];
}

export interface PdfOptions {
  readonly title: string;
  /** What the file says of when it was made. */
  readonly createdAt: Date;
}

/**
 * Documents as one tagged PDF: structure in reading order, languages, alternative texts, embedded fonts, PDF/A-3a
 * declared, no script. The same documents at the same instant give the same bytes.
 */
export async function writePdf(
  documents: readonly PaperDocument[],
  { title, createdAt }: PdfOptions,
): Promise<WrittenPdf> {
  const first = documents[0];
  if (!first) throw new Error('There is no document to write');
  const doc = new PDFDocument({
    size: 'A4',
    // Breaks between pages are ours: a text that would cross one starts the next.
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
  doc.on('pageAdded', () => {
    pages += 1;
  });
  const places = documents.map((document) => {
    const firstPage = pages + 1;
    const { language, title: name } = document;
    doc.addPage();
    const section = doc.struct('Sect', { lang: localeOf(language), title: name });
    root.add(section);
    drawDocument({ doc, section }, document);
    section.end();
    return { id: document.id, firstPage, pages: pages + 1 - firstPage };
  });
  root.end();
  doc.end();
  return { pdf: await written, documents: places };
}

function drawDocument(canvas: Canvas, document: PaperDocument): void {
  const { doc } = canvas;
  drawFrame(canvas, document);
  put(canvas, 'H1', () => write(doc.font(fonts.bold, size.title), document.title));
  drawBlocks(canvas, document.blocks);
}
