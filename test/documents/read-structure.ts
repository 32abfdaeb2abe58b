import { inflateSync } from 'node:zlib';

/** The objects of a PDF whose structure is not compressed, by number. */
type Objects = ReadonlyMap<string, string>;

/**
 * What a screen reader is given of a PDF that pdfkit wrote, as lines in reading order: each element of the structure
 * under its parent, with its language, alternative text or scope, and the text that stands in it. Throws for text that
 * is neither in the structure nor marked as decoration.
 */
export function readStructure(pdf: Buffer): string[] {
  const objects: Objects = new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [
      id,
      body,
    ]),
  );
  const texts = new Map(
    [...objects].flatMap(([id, body]) => (/\/Type \/Page\n/.test(body) ? pageTexts(objects, id, body) : [])),
  );
  const [root = ''] = [...objects.values()].filter((body) => body.includes('/Type /StructTreeRoot'));
  const seen = new Set<string>();
  const lines = kidsOf(root).flatMap((kid) => elementLines(objects, texts, seen, kid, ''));
  const lost = [...texts.keys()].filter((key) => !seen.has(key));
  if (lost.length > 0) throw new Error(`not in the structure: ${lost.join(', ')}`);
  return lines;
}

function kidsOf(body: string): string[] {
  const [, list = ''] = /\/K \[([\s\S]*?)\]/.exec(body) ?? [];
  return list.match(/<<[\s\S]*?>>|\d+ 0 R|\d+/g) ?? [];
}

function elementLines(
  objects: Objects,
  texts: ReadonlyMap<string, string>,
  seen: Set<string>,
  reference: string,
  indent: string,
): string[] {
  const body = objects.get(reference.split(' ')[0] ?? '') ?? '';
  const [, tag = '?'] = /\/S \/(\w+)/.exec(body) ?? [];
  const page = /\/Pg (\d+) 0 R/.exec(body)?.[1] ?? '';
  const [, scope = ''] = /\/Scope \/(\w+)/.exec(body) ?? [];
  const about = [stringOf(body, 'Lang'), stringOf(body, 'Alt'), scope]
    .filter(Boolean)
    .map((word) => ` (${word})`);
  let text = '';
  const children: string[] = [];
  for (const kid of kidsOf(body)) {
    if (kid.endsWith(' R')) {
      children.push(...elementLines(objects, texts, seen, kid, `${indent}  `));
      continue;
    }
    if (kid.includes('/OBJR')) continue;
    const place = kid.startsWith('<<')
      ? `${/\/Pg (\d+)/.exec(kid)?.[1]} ${/\/MCID (\d+)/.exec(kid)?.[1]}`
      : `${page} ${kid}`;
    seen.add(place);
    text += texts.get(place) ?? '';
  }
  return [`${indent}${tag}${about.join('')}${text && `: ${text}`}`, ...children];
}

/** The text of each marked content of a page, by page and number. */
function pageTexts(objects: Objects, page: string, body: string): [string, string][] {
  const resources = objects.get(/\/Resources (\d+)/.exec(body)?.[1] ?? '') ?? '';
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
      name,
      unicodeOf(objects, id),
    ]),
  );
  const content = streamOf(objects.get(/\/Contents (\d+)/.exec(body)?.[1] ?? '') ?? '');
  const found = new Map<string, string>();
  let place: string | null = null;
  let font: readonly string[] = [];
  for (const [token] of content.matchAll(/\/\w+ <<[^>]*>> BDC|\bEMC\b|\/F\d+ [\d.]+ Tf|\[[^\]]*\] TJ/g)) {
    if (token.endsWith('BDC')) {
      const id = /\/MCID (\d+)/.exec(token)?.[1];
      place = id === undefined ? 'decoration' : `${page} ${id}`;
    } else if (token === 'EMC') place = null;
    else if (token.endsWith('Tf')) font = fonts.get(token.slice(1).split(' ')[0] ?? '') ?? [];
    else if (place === null) throw new Error('text outside any marked content');
    else if (place !== 'decoration')
      found.set(
        place,
        (found.get(place) ?? '') +
          glyphs(token)
            .map((glyph) => font[glyph] ?? '?')
            .join(''),
      );
  }
  return [...found];
}

function glyphs(shown: string): number[] {
  return [...shown.matchAll(/<([\da-f]+)>/g)].flatMap(([, hex = '']) =>
    (hex.match(/.{4}/g) ?? []).map((glyph) => Number.parseInt(glyph, 16)),
  );
}

/** What each glyph of a font stands for. */
function unicodeOf(objects: Objects, font: string): readonly string[] {
  const map = objects.get(/\/ToUnicode (\d+)/.exec(objects.get(font) ?? '')?.[1] ?? '') ?? '';
  return [...streamOf(map).matchAll(/<[\da-f]+> <[\da-f]+> \[([^\]]*)\]/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/<([\da-f ]+)>/g)].map(([, hex = '']) =>
      String.fromCharCode(
        ...(hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)),
      ),
    ),
  );
}

function streamOf(body: string): string {
  const [, stream = ''] = /stream\n([\s\S]*)\nendstream/.exec(body) ?? [];
  return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
}

function stringOf(body: string, key: string): string {
  const [, raw = ''] = new RegExp(`/${key} \\(((?:\\\\[\\s\\S]|[^\\\\)])*)\\)`).exec(body) ?? [];
  const text = raw.replace(/\\([\s\S])/g, (_, sign: string) => ({ n: '\n', r: '\r' })[sign] ?? sign);
  return text.startsWith('\u00fe\u00ff')
    ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le')
    : text;
}
