import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { getDocumentProxy } from 'unpdf';

/** Our PDFs as programs of others read them: pdf.js, which browsers have, and qpdf. */

/** A run of text, in points from the upper left corner of its page. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

export interface ReadPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  /** Each element that has text of its own: `H1: Attestation`. */
  readonly structure: readonly string[];
}

export interface ReadPdf {
  readonly tagged: boolean;
  readonly hasScripts: boolean;
  readonly pages: readonly ReadPage[];
  readonly text: string;
}

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document['getPage']>>;
type Content = Awaited<ReturnType<Page['getTextContent']>>;
type Element = Awaited<ReturnType<Page['getStructTree']>>;

/** Throws at the first error, where pdf.js would show what it can. */
export async function readPdf(pdf: Buffer): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { stopAtErrors: true });
  const pages = [];
  for (let number = 1; number <= document.numPages; number += 1)
    pages.push(await readPage(await document.getPage(number)));
  const { Marked: tagged } = (await document.getMarkInfo()) ?? {};
  const actions = await document.getJSActions();
  await document.loadingTask.destroy();
  return {
    tagged: tagged === true,
    hasScripts: actions !== null,
    pages,
    text: pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('\n'),
  };
}

async function readPage(page: Page): Promise<ReadPage> {
  const { width, height } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ includeMarkedContent: true });
  const texts = content.items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , , size, left, baseline] = item.transform.map(Number);
    if (size === undefined || left === undefined || baseline === undefined) return [];
    const bottom = height - baseline;
    return [{ text: item.str, left, right: left + item.width, top: bottom - size, bottom, size }];
  });
  return { width, height, texts, structure: elementLines(await page.getStructTree(), markedTexts(content)) };
}

/** By the identifier of the marked content that the text stands in. */
function markedTexts({ items }: Content): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let id = '';
  for (const item of items)
    if ('str' in item) texts.set(id, (texts.get(id) ?? '') + item.str);
    else id = item.type === 'endMarkedContent' ? '' : (item.id ?? '');
  return texts;
}

function elementLines(element: Element, texts: ReadonlyMap<string, string>): string[] {
  const own = element.children.map((child) => ('id' in child ? (texts.get(child.id) ?? '') : '')).join('');
  const under = element.children.flatMap((child) => ('role' in child ? elementLines(child, texts) : []));
  return [...(own ? [`${element.role}: ${own}`] : []), ...under];
}

/** What qpdf finds wrong with the syntax of the file and its streams. */
export function faultsIn(pdf: Buffer): string[] {
  const program = join(import.meta.dirname, 'qpdf-program.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { input: pdf, encoding: 'utf8' });
  return status === 0 ? [] : [...stdout.split('\n'), ...stderr.split('\n'), `it ended with ${status}`];
}
