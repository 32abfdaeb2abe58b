import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Letter, LetterPart, QrDrawing, Step } from '#src/documents/paper.ts';
import { qrDrawing } from '#src/documents/pdf/qr.ts';
import { windowLines } from '#src/documents/pdf/window-lines.ts';

/** A file for the printer: every letter starts a page of its own. */
export interface PrintedLetters {
  readonly pdf: Buffer;
  /** Page on which each letter starts (from 1), and how many it has. */
  readonly letters: readonly { readonly id: string; readonly firstPage: number; readonly pages: number }[];
}

const regular = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'));
const bold = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'));
const mono = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf'));

const mm = (millimetres: number) => (millimetres * 72) / 25.4;
const page = { left: mm(20), right: mm(190), bottom: mm(284), nextTop: mm(20) };
const width = page.right - page.left;
/** French window envelope: 100 to 195 mm from the left, 45 to 90 mm from the top. */
const window = { left: mm(105), top: mm(50), width: mm(88), lineHeight: mm(5.4) };
const size = { body: 14, small: 12, title: 19, heading: 15, code: 30 };
const gap = 2;
const addressLine = mm(6.6);
const qrSide = mm(38);

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;

/**
 * Letters as one tagged PDF: structure in reading order, languages, alternative texts, embedded fonts, PDF/A-3a
 * declared, no script. The same letters at the same date give the same bytes.
 */
export async function printLetters(
  letters: readonly Letter[],
  { title, at }: { readonly title: string; readonly at: Date },
): Promise<PrintedLetters> {
  const first = letters[0];
  if (!first) throw new Error('There is no letter to print');
  const doc = new PDFDocument({
    size: 'A4',
    // Breaks between pages are ours: a text that would cross one starts the next.
    margins: { top: 0, left: 0, right: 0, bottom: 0 },
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: locale(first),
    font: regular,
    info: { Title: title, Author: first.sender[0] ?? title, CreationDate: at, ModDate: at },
  });
  const written = buffer(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  let pages = 0;
  doc.on('pageAdded', () => {
    pages += 1;
  });
  const places = letters.map((letter) => {
    const firstPage = pages + 1;
    drawLetter(doc, root, letter);
    return { id: letter.id, firstPage, pages: pages + 1 - firstPage };
  });
  root.end();
  doc.end();
  return { pdf: await written, letters: places };
}

/** The lines that stand in the window, null when the address is too long for it. */
export function addressLines(envelope: string): readonly string[] | null {
  // Reading the font takes longer than measuring a thousand lines.
  ruler ??= new PDFDocument({ autoFirstPage: false, font: regular }).fontSize(size.small);
  const measured = ruler;
  return windowLines(envelope, (line) => measured.widthOfString(line) <= window.width);
}

let ruler: Doc | null = null;

function locale({ language }: Pick<Letter, 'language'>): string {
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}

function drawLetter(doc: Doc, root: Element, letter: Letter): void {
  doc.addPage();
  drawFoldMark(doc);
  const whole = doc.struct('Sect', { lang: locale(letter), title: letter.title });
  root.add(whole);
  const put = (tag: string, draw: () => void) => whole.add(doc.struct(tag, {}, [draw]));
  doc.y = mm(18);
  letter.sender.forEach((line, index) => {
    const [font, points] = index === 0 ? [bold, size.body] : [regular, size.small];
    put('P', () => doc.font(font, points).text(line, page.left, doc.y, { width: mm(78), lineGap: gap }));
  });
  letter.to.forEach((line, index) => {
    const y = window.top + index * window.lineHeight;
    put('P', () => doc.font(regular, size.small).text(line, window.left, y, { lineBreak: false }));
  });
  put('P', () => doc.font(regular, size.small).text(letter.date, page.left, mm(92), { lineBreak: false }));
  doc.y = mm(102);
  put('H1', () => write(doc.font(bold, size.title), letter.title));
  for (const part of letter.parts) drawPart(doc, whole, part);
  const footer = () => write(doc.font(regular, size.small), letter.reference);
  makeRoom(doc, mm(8));
  doc.y = Math.max(doc.y + 4, page.bottom - mm(4));
  put('P', footer);
  whole.end();
}

function write(doc: Doc, text: string): void {
  doc.text(text, page.left, doc.y, { width, lineGap: gap });
}

function heightOf(doc: Doc, text: string, room: number): number {
  return doc.font(regular, size.body).heightOfString(text, { width: room, lineGap: gap });
}

/** Starts a page when what comes next has no room left on this one. */
function makeRoom(doc: Doc, height: number): void {
  if (doc.y + height <= page.bottom) return;
  doc.addPage();
  doc.y = page.nextTop;
}

function drawPart(doc: Doc, whole: Element, part: LetterPart): void {
  const put = (tag: string, draw: () => void) => whole.add(doc.struct(tag, {}, [draw]));
  switch (part.kind) {
    case 'paragraph':
      makeRoom(doc, heightOf(doc, part.text, width) + 5);
      doc.y += 5;
      put('P', () => write(doc.font(regular, size.body), part.text));
      break;
    case 'heading':
      // Never alone at the foot of a page.
      makeRoom(doc, mm(22));
      doc.y += 10;
      put('H2', () => write(doc.font(bold, size.heading), part.text));
      break;
    case 'code':
      drawCode(doc, put, part.groups);
      break;
    case 'steps':
      drawSteps(doc, whole, part.steps, part.qr);
  }
}

function drawCode(doc: Doc, put: (tag: string, draw: () => void) => void, groups: readonly string[]): void {
  const height = mm(19);
  makeRoom(doc, height + 12);
  doc.y += 8;
  const top = doc.y;
  asArtifact(doc, () => doc.lineWidth(1.5).roundedRect(page.left, top, width, height, 6).stroke('#000'));
  put('P', () =>
    doc
      .font(mono, size.code)
      .fillColor('#000')
      .text(groups.join(' '), page.left, top + (height - size.code * 1.1) / 2, {
        width,
        align: 'center',
        characterSpacing: 2,
        lineBreak: false,
      }),
  );
  doc.y = top + height + 4;
}

function drawSteps(doc: Doc, whole: Element, steps: readonly Step[], qr: QrDrawing | null): void {
  const indent = mm(8);
  const room = width - indent - (qr ? qrSide + mm(4) : 0);
  const lines = steps.map(({ address }) => (address ? addressParts(doc, address, room) : []));
  const heights = steps.map(
    ({ text }, index) => heightOf(doc, text, room) + (lines[index]?.length ?? 0) * addressLine + 4,
  );
  const height = heights.reduce((sum, each) => sum + each, 4);
  makeRoom(doc, Math.max(height, qr ? qrSide : 0));
  const top = doc.y + 4;
  const list = doc.struct('L');
  whole.add(list);
  let y = top;
  steps.forEach((step, index) => {
    const item = doc.struct('LI');
    list.add(item);
    const at = y;
    const label = () =>
      doc.font(regular, size.body).text(`${index + 1}.`, page.left, at, { lineBreak: false });
    const content = () => {
      doc.font(regular, size.body).text(step.text, page.left + indent, at, { width: room, lineGap: gap });
      doc.font(bold, size.body);
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
  if (qr) drawQr(doc, whole, qr, page.right - qrSide, top);
  doc.y = Math.max(top + height - 4, qr ? top + qrSide : 0);
}

/** An address on one line, or broken before a slash where it is too wide: never at a hyphen of its own. */
function addressParts(doc: Doc, address: string, room: number): readonly string[] {
  doc.font(bold, size.body);
  const lines: string[] = [];
  for (const part of address.split(/(?<![/:])(?=\/)/)) {
    const longer = `${lines.at(-1) ?? ''}${part}`;
    if (lines.length > 0 && doc.widthOfString(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

function drawQr(doc: Doc, whole: Element, { address, alt }: QrDrawing, x: number, y: number): void {
  const { size: modules, dark } = qrDrawing(address);
  const module = qrSide / modules;
  const bbox = [x, y, x + qrSide, y + qrSide];
  const figure = { alt, bbox };
  whole.add(
    doc.struct('Figure', figure, [
      () => {
        for (const run of dark) doc.rect(x + run.x * module, y + run.y * module, run.width * module, module);
        doc.fill('#000');
      },
    ]),
  );
}

/** Where the sheet is folded for the envelope. */
function drawFoldMark(doc: Doc): void {
  asArtifact(doc, () => doc.lineWidth(0.5).moveTo(mm(4), mm(99)).lineTo(mm(8), mm(99)).stroke('#777'));
}

/** What is drawn but not read. */
function asArtifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
