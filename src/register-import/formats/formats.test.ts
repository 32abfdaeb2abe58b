import assert from 'node:assert/strict';
import { test } from 'node:test';
import { people, personNamed } from '#src/fictitious/people.ts';
import type { Delimiter } from '#src/files/csv.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { linesOf } from '#src/files/lines.ts';
import { usualCards } from '#src/proofs/card-serial.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { type Column, csvColumns } from '#src/register-import/formats/csv-header.ts';
import { csvRowOf } from '#src/register-import/formats/csv-row.ts';
import type { FormatName } from '#src/register-import/formats/format-name.ts';
import { mostBytesOfRecord, openRecords } from '#src/register-import/formats/open-records.ts';
import { type RecordFormat, readRecord } from '#src/register-import/formats/read-record.ts';
import { refusalText } from '#src/register-import/refusal.ts';
import { commonest, countReasons, sortLines } from '#src/register-import/sort-lines.ts';

const rules = { today: '2026-11-27', caisses: new Set<string>(), cards: usualCards };
const venturi = personNamed('venturi').line;
const everybody = people.map(({ line }) => line);

/** A register file in CSV. */
function table(
  lines: readonly RegisterLine[],
  { delimiter = ';', columns = csvColumns }: { delimiter?: Delimiter; columns?: readonly Column[] } = {},
): string {
  const format = { kind: 'csv', delimiter, columns } as const;
  return [columns.join(delimiter), ...lines.map((line) => csvRowOf(line, format)), ''].join('\n');
}

interface Said {
  readonly encoding?: Encoding;
  readonly format?: FormatName;
}

/** Who is in a file, and what is wrong with it. */
async function read(content: string | Buffer, { encoding, format }: Said = {}) {
  const lines = linesOf([Buffer.from(content)], mostBytesOfRecord, encoding);
  const opened = await openRecords(lines, format);
  const counts = { read: 0, accepted: 0, rejected: 0 };
  if (!opened.ok) return { refused: refusalText({ reason: 'columns', ...opened }, counts) };
  const {
    people: sorted,
    rejects,
    cut,
    brokenQuotes,
  } = await sortLines(opened.records, rules, {
    format: opened.format,
    first: true,
  });
  const reasons = new Map<string, number>();
  countReasons(reasons, rejects);
  const found = sorted.map(({ person }) => person);
  return { found, rejects, cut, brokenQuotes, commonest: commonest(reasons) };
}

test('the same people, however the table is written', async () => {
  const latin = everybody.filter(
    (line) => Buffer.from(JSON.stringify(line), 'latin1').toString('latin1') === JSON.stringify(line),
  );
  assert.ok(latin.length > 20 && latin.some((line) => /[éè]/.test(JSON.stringify(line))));
  const plain = table(latin);
  const latin1 = Buffer.from(plain, 'latin1');
  const cases: readonly (readonly [content: string | Buffer, said?: Said])[] = [
    [plain],
    [`\ufeff\n${table(latin, { delimiter: ',', columns: csvColumns.toReversed() })}`],
    [
      plain
        .replace(/^([^;\n]+);/gm, '"$1" ;')
        .replaceAll('" ;', '";')
        .replaceAll('\n', '\r\n\r\n'),
    ],
    [plain.replaceAll(';', ' ; ')],
    [latin1, { encoding: 'latin-9' }],
    [latin1, { encoding: 'windows-1252', format: 'csv' }],
    [latin.map((line) => `${JSON.stringify(line)}\n`).join('')],
  ];
  for (const [content, said] of cases) {
    const { found, rejects } = await read(content, said);
    assert.deepEqual(rejects, []);
    assert.deepEqual(found, latin);
  }
});

test('a heading that lies is refused by the name of its column, and never by a name of a person', async () => {
  const plain = table(everybody);
  const noHeading = /its first line is no JSON and names no column: /;
  const cases: readonly (readonly [content: string, message: RegExp, said?: Said])[] = [
    [plain.replace('usageName', 'nomUsage'), /columns that the register does not have: nomUsage: /],
    [plain.replace('usageName;', ''), /columns are missing: usageName: /],
    [plain.replace('usageName', 'birthName'), /columns that are there twice: birthName: /],
    [plain.replace('usageName', '0612345678'), /does not have: number 4: /],
    [plain.split('\n').slice(1).join('\n'), noHeading],
    [plain.replaceAll(';', '\t'), noHeading],
    [`${JSON.stringify(venturi)}\n`, noHeading, { format: 'csv' }],
  ];
  for (const [content, message, said] of cases) {
    const { refused } = await read(content, said);
    assert.match(refused ?? 'it is read', message);
    assert.doesNotMatch(refused ?? '', /Venturi|1621/);
  }
});

test('swapped columns, cut files and quotes gone wrong are told by line and field', async () => {
  const plain = table(everybody);
  const at = (column: Column) => csvColumns.indexOf(column);
  const swapped = csvColumns
    .with(at('birthDate'), 'birthPlace')
    .with(at('birthPlace'), 'birthDate')
    .join(';');
  const cases: readonly (readonly [content: string | Buffer, wrong: object, said?: Said])[] = [
    [plain.replace(csvColumns.join(';'), swapped), { commonest: 'birthDate: format' }],
    [plain.slice(0, -1), { cut: true }],
    [plain.slice(0, -40), { cut: true }],
    [`${plain}1850578006084;true;"Dur`, { cut: true, brokenQuotes: everybody.length + 2 }],
    [plain.replace('\n1', '\n"1'), { brokenQuotes: 2 }],
    [plain.replace(/^.*;Venturi;/m, (start) => start.replace('tu', 'tu""')), { brokenQuotes: 2 }],
    [plain.replaceAll('false;', 'false;;'), { commonest: 'line: cells' }],
    [Buffer.from(plain, 'latin1'), { commonest: 'line: encoding' }],
    [plain, { commonest: 'line: encoding' }, { encoding: 'latin-9' }],
  ];
  for (const [content, wrong, said] of cases) {
    const { found: _, ...all } = await read(content, said);
    assert.deepEqual({ ...all, ...wrong }, all, JSON.stringify(wrong));
  }
  const tall = table([venturi, { ...venturi, nir: '1' }, { ...venturi, postalCode: '1' }]);
  const lines = tall.replaceAll(
    '4 rue des Inventions|63000 CLERMONT-FERRAND',
    '"4 rue\ndes ""I""\n|63000 CLERMONT"',
  );
  const { rejects } = await read(lines);
  assert.deepEqual(rejects, [
    { line: 5, reason: 'nir: length' },
    { line: 8, reason: 'postalCode: length' },
  ]);
});

test('who left or died is told by a short line, or by a column of a table; a rejected line still names its person', () => {
  const { nir } = venturi;
  const columns = ['change', ...csvColumns] as const;
  const csv = { kind: 'csv', delimiter: ';', columns } as const;
  const row = csvRowOf(venturi, csv);
  const bad = { ...venturi, postalCode: '1' };
  const ndjson = { kind: 'ndjson' } as const;
  const cases: readonly (readonly [RecordFormat, text: string, reading: object])[] = [
    [ndjson, `{"change":"left","nir":"${nir}"}`, { kind: 'left', nir }],
    [ndjson, `{"nir":"${nir}","change":"died"}`, { kind: 'died', nir }],
    [ndjson, `{"change":"gone","nir":"${nir}"}`, { reason: 'change: invalid_value', nir }],
    [ndjson, `{"change":"left"}`, { reason: 'nir: missing', nir: null }],
    [ndjson, `{"change":"left","nir":"16212"}`, { reason: 'nir: length', nir: null }],
    [ndjson, `{"change":"left","nir":"${nir}","iban":null}`, { reason: 'change: unknown-field', nir }],
    [ndjson, JSON.stringify(bad), { reason: 'postalCode: length', nir }],
    [ndjson, JSON.stringify({ ...venturi, nir: `${nir}04` }), { reason: 'nir: key', nir: null }],
    [ndjson, 'x', { reason: 'line: not_json', nir: null }],
    [csv, row, { kind: 'row', line: venturi }],
    [csv, `left${row}`, { kind: 'left', nir }],
    [csv, `died;${nir}${';'.repeat(csvColumns.length - 1)}`, { kind: 'died', nir }],
    [csv, csvRowOf(bad, csv), { reason: 'postalCode: length', nir }],
    [csv, `left;${nir}`, { reason: 'line: cells', nir: null }],
  ];
  for (const [format, text, expected] of cases) {
    const { ok: _, ...reading } = readRecord(format, text, rules);
    assert.deepEqual(reading, expected);
  }
});
