import { isUtf8 } from 'node:buffer';

/** The format of a file that is not lines of JSON, detected from its first bytes. */
export type ForeignFormat =
  | 'gzip'
  | 'zip'
  | 'spreadsheet'
  | 'pdf'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | '7z'
  | 'tar'
  | 'encrypted'
  | 'sqlite'
  | 'parquet'
  | 'utf-16'
  | 'utf-32'
  | 'latin-1'
  | 'binary'
  | 'xml'
  | 'json-array'
  | 'json-text'
  | 'cr-lines'
  | 'csv';

/** How many bytes are examined; fewer when the file is shorter. */
export const formatBytes = 16_384;

const signatures: readonly (readonly [ForeignFormat, Buffer])[] = [
  ['gzip', Buffer.from([0x1f, 0x8b])],
  ['pdf', Buffer.from('%PDF-')],
  ['bzip2', Buffer.from('BZh')],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
  ['encrypted', Buffer.from('age-encryption.org/')],
  ['encrypted', Buffer.from('-----BEGIN ')],
  ['sqlite', Buffer.from('SQLite format 3\u0000')],
  ['parquet', Buffer.from('PAR1')],
  ['spreadsheet', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
  ['utf-32', Buffer.from([0xff, 0xfe, 0x00, 0x00])],
  ['utf-32', Buffer.from([0x00, 0x00, 0xfe, 0xff])],
  ['utf-16', Buffer.from([0xff, 0xfe])],
  ['utf-16', Buffer.from([0xfe, 0xff])],
];

/**
 * The format of a file with these first bytes; null for what may be lines of JSON. Only certain formats are named: a
 * text that is merely wrong is judged line by line.
 */
export function foreignFormat(start: Buffer): ForeignFormat | null {
  const signed = signatures.find(([, bytes]) => start.subarray(0, bytes.length).equals(bytes));
  if (signed) return signed[0];
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return zipped(start);
  if (start.subarray(257, 262).toString('latin1') === 'ustar') return 'tar';
  const zeros = zeroBytes(start);
  if (zeros.even + zeros.odd > start.length / 4) return wide(zeros, start.length);
  return foreignText(start);
}

/** Spreadsheets are zip files, recognised by the names of the files in them. */
function zipped(start: Buffer): ForeignFormat {
  const names = start.toString('latin1');
  return /\[Content_Types\]\.xml|xl\/|opendocument\.spreadsheet/.test(names) ? 'spreadsheet' : 'zip';
}

function zeroBytes(start: Buffer): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  for (const [place, byte] of start.entries()) {
    if (byte !== 0) continue;
    if (place % 2 === 0) zeros.even += 1;
    else zeros.odd += 1;
  }
  return zeros;
}

/** Every second byte of Latin letters in UTF-16 is zero. */
function wide({ even, odd }: { even: number; odd: number }, length: number): ForeignFormat {
  const most = Math.max(even, odd);
  return most > length / 3 && most < (length * 2) / 3 && Math.min(even, odd) < length / 20
    ? 'utf-16'
    : 'binary';
}

function foreignText(start: Buffer): ForeignFormat | null {
  const text = start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const first = text.trimStart();
  if (first === '') return null;
  if (first.startsWith('[')) return 'json-array';
  if (/^<[?!a-z]/i.test(first)) return 'xml';
  if (/^[^\n]{1,16000}\r[ \t\r]*\{/.test(first)) return 'cr-lines';
  if (/^\{\s*\n/.test(first) && !/^\{\s*\n\s*(\{|\n|$)/.test(first)) return 'json-text';
  if (!first.startsWith('{') && hasColumns(first)) return 'csv';
  return startsInLatin1(start) ? 'latin-1' : null;
}

/** A heading or a first row: at least four cells, and as many separators in the second row. */
function hasColumns(text: string): boolean {
  const [heading = '', next] = text.split(/\r?\n/, 2);
  if (heading.includes('{')) return false;
  return [';', ',', '\t', '|'].some((separator) => {
    const cells = heading.split(separator).length;
    return cells >= 4 && (next === undefined || next === '' || next.split(separator).length >= cells - 1);
  });
}

/** Whether every line of JSON that these bytes begin with and that is not ASCII is not UTF-8 either. */
function startsInLatin1(start: Buffer): boolean {
  const whole = start.subarray(0, start.lastIndexOf(0x0a) + 1);
  const lines = whole.toString('latin1').split('\n').filter(hasLetterBeyondAscii);
  return lines.length >= 3 && lines.every((line) => !isUtf8(Buffer.from(line, 'latin1')));
}

function hasLetterBeyondAscii(line: string): boolean {
  return /[\u0080-\u00ff]/.test(line);
}

/** The name of each format, and what to do about it. */
export const formatAdvice: Readonly<Record<ForeignFormat, readonly [name: string, remedy: string]>> = {
  gzip: ['compressed twice, by gzip last', 'decompress it once: gunzip'],
  zip: ['a zip archive', 'take the file out of it first: unzip -p file.zip'],
  spreadsheet: ['a spreadsheet', 'export lines of JSON (NDJSON) from the database it came from'],
  pdf: ['a PDF', 'ask for the register itself, as lines of JSON (NDJSON)'],
  bzip2: ['compressed by bzip2', 'decompress it: bunzip2, or give it as gzip or zstd'],
  xz: ['compressed by xz', 'decompress it: unxz, or give it as gzip or zstd'],
  zstd: ['compressed twice, by zstd last', 'decompress it once: unzstd'],
  '7z': ['a 7z archive', 'take the file out of it first: 7z x'],
  tar: ['a tar archive', 'take the file out of it first: tar -xOf'],
  encrypted: ['encrypted or signed', 'decrypt it first'],
  sqlite: ['an SQLite database', 'export lines of JSON (NDJSON) from it'],
  parquet: ['a Parquet file', 'export lines of JSON (NDJSON) from it'],
  'utf-16': ['text in UTF-16', 'convert it: iconv -f UTF-16 -t UTF-8'],
  'utf-32': ['text in UTF-32', 'convert it: iconv -f UTF-32 -t UTF-8'],
  'latin-1': [
    'text in Latin-1 or Windows-1252',
    'say --encoding windows-1252 where the command has it, or convert it: iconv -f WINDOWS-1252 -t UTF-8',
  ],
  binary: ['no text', 'look at what was sent: the register is lines of JSON (NDJSON)'],
  xml: ['XML or HTML', 'ask for lines of JSON (NDJSON)'],
  'json-array': ['one JSON list', 'one object a line is needed: jq -c ".[]"'],
  'json-text': ['JSON over several lines', 'one object a line is needed: jq -c .'],
  'cr-lines': ['text whose lines end with CR alone', "convert it: tr '\\r' '\\n'"],
  csv: ['a table (CSV)', 'ask for lines of JSON (NDJSON), or convert it'],
};
