import { readHeaderValue } from '#src/delivery/bounces/header-value.ts';

/** One field of a header, or of a delivery status: its name in lower case, its lines joined. */
export type HeaderField = readonly [name: string, value: string];

export interface Part {
  /** `message/delivery-status` …, in lower case. */
  readonly type: string;
  /** The part's own headers. */
  readonly headers: readonly HeaderField[];
  /** The decoded content of its first 64 Ki characters. */
  content(): string;
}

export interface MimeMessage {
  readonly headers: readonly HeaderField[];
  /** The parts that are not multiparts, in order, at any depth. */
  readonly parts: readonly Part[];
}

const mostFields = 1_000;
const longestValue = 2_000;
const mostDepth = 10;
const mostParts = 50;
const longestContent = 64 * 1024;

/**
 * The parts of a mail (RFC 2045, 2046), in one pass over its lines, so that the time is linear in its size even for a
 * hostile mail. Parts beyond the limits of depth and number are left out, and so are blank lines before the first header.
 * `raw`: bytes, of which only ASCII matters here.
 */
export function readMessage(raw: Uint8Array): MimeMessage {
  const text = Buffer.from(raw).toString('latin1').replace(/\r\n?/g, '\n');
  const head = readBlock(text, Math.max(0, text.search(/[^\n]/)));
  const parts: Part[] = [];
  const boundaries: string[] = [];
  let open: { readonly headers: readonly HeaderField[]; readonly start: number } | null = null;

  const begin = (headers: readonly HeaderField[], start: number) => {
    const boundary = boundaryOf(headers);
    open = boundary === null ? { headers, start } : null;
    if (boundary !== null && boundaries.length < mostDepth) boundaries.push(boundary);
  };
  const finish = (end: number) => {
    if (open) parts.push(partOf(open.headers, text, open.start, end));
    open = null;
  };

  begin(head.fields, head.end);
  for (let at = head.end; at < text.length && parts.length < mostParts; ) {
    const start = at;
    const end = lineEnd(text, start);
    const delimiter = delimiterAt(text, start, end, boundaries);
    at = end + 1;
    if (delimiter === null) continue;
    finish(start);
    boundaries.length = delimiter.depth;
    if (delimiter.last) continue;
    boundaries.push(delimiter.boundary);
    const own = readBlock(text, at);
    at = own.end;
    begin(own.fields, at);
  }
  finish(text.length);
  return { headers: head.fields, parts };
}

/** The first value of a field; null when there is none. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | null {
  return fields.find(([candidate]) => candidate === name)?.[1] ?? null;
}

/** Groups of fields separated by blank lines, as in a delivery status. */
export function fieldGroups(text: string, most: number): (readonly HeaderField[])[] {
  const groups: (readonly HeaderField[])[] = [];
  for (let at = 0; at < text.length && groups.length < most; ) {
    const { fields, end } = readBlock(text, at, 'to-blank-line');
    if (fields.length > 0) groups.push(fields);
    at = end;
  }
  return groups;
}

/** Reads fields up to and including a blank line; headers also end before a line that looks like a delimiter. */
function readBlock(text: string, from: number, until: 'to-blank-line' | 'to-delimiter' = 'to-delimiter') {
  const fields: [name: string, value: string][] = [];
  let at = from;
  while (at < text.length) {
    if (until === 'to-delimiter' && text.startsWith('--', at)) break;
    const end = lineEnd(text, at);
    const line = text.slice(at, Math.min(end, at + longestValue));
    at = end + 1;
    if (line.trim() === '') break;
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) {
      if (last && last[1].length < longestValue) last[1] += `${last[1] && ' '}${line.trim()}`;
    } else if (colon > 0 && fields.length < mostFields)
      fields.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return { fields, end: Math.min(at, text.length) };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The boundary that a line delimits, the outermost first; `last`: it closes its multipart. */
function delimiterAt(text: string, at: number, end: number, boundaries: readonly string[]) {
  if (!text.startsWith('--', at)) return null;
  for (const [depth, boundary] of boundaries.entries()) {
    if (!text.startsWith(boundary, at + 2)) continue;
    const rest = text.slice(at + 2 + boundary.length, end).trimEnd();
    if (rest === '' || rest === '--') return { depth, boundary, last: rest === '--' };
  }
  return null;
}

const longestBoundary = 200;

/** The boundary of a multipart; null for anything else. */
function boundaryOf(headers: readonly HeaderField[]): string | null {
  const type = readHeaderValue(fieldValue(headers, 'content-type') ?? '');
  const boundary = type.value.startsWith('multipart/') ? type.parameter('boundary') : null;
  return boundary !== null && boundary !== '' && boundary.length <= longestBoundary ? boundary : null;
}

function partOf(headers: readonly HeaderField[], text: string, start: number, end: number): Part {
  return {
    type: readHeaderValue(fieldValue(headers, 'content-type') ?? 'text/plain').value,
    headers,
    content() {
      const content = text.slice(start, Math.min(Math.max(start, end), start + longestContent));
      return decoded(content, readHeaderValue(fieldValue(headers, 'content-transfer-encoding') ?? '').value);
    },
  };
}

function decoded(content: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString('latin1').replace(/\r\n?/g, '\n');
  if (encoding !== 'quoted-printable') return content;
  return content
    .replaceAll('=\n', '')
    .replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n');
}
