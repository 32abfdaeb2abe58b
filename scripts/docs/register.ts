import { personNamed } from '#src/fictitious/people.ts';
import { regimeCodes } from '#src/policy/regimes.ts';
import { usualCards } from '#src/proofs/card-serial.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { readLine } from '#src/register/line-check.ts';
import { parseRow } from '#src/register/register-row.ts';
import { csvColumns } from '#src/register-import/formats/csv-header.ts';
import { csvRowOf, readCsvRow } from '#src/register-import/formats/csv-row.ts';
import { type RowField, rowForms } from '#src/register-import/formats/row-fields.ts';
import { generated, table } from './markdown.ts';

const { line: example } = personNamed('venturi');
const { card } = example;
const today = '2026-11-21';
const caisses = new Set([example.caisse]);
const csv = { kind: 'csv', delimiter: ';', columns: csvColumns } as const;

interface FieldDocument {
  readonly meaning: string;
  /** Values that are rejected; the document gives the reason, and building it fails when one is accepted. */
  readonly refused: readonly Partial<Readonly<Record<string, unknown>>>[];
  readonly example: unknown;
}

const ofCard = (change: object) => ({ card: { ...card, ...change } });

/** Each field of a row; the compiler asks for all of them. */
const fields: Readonly<Record<RowField, FieldDocument>> = {
  nir: {
    meaning: 'The person’s NIR. It occurs once in a file.',
    refused: ['1621443010001', '16212', '162122B01000104', ''].map((nir) => ({ nir })),
    example: example.nir,
  },
  certified: {
    meaning:
      '`false` for a provisional number (NIA) or a NIR that civil status has not certified: the person cannot enrol.',
    refused: [{ certified: 'oui' }],
    example: example.certified,
  },
  birthName: {
    meaning: 'Name at birth, as in civil status.',
    refused: ['', '???'].map((birthName) => ({ birthName })),
    example: example.birthName,
  },
  usageName: {
    meaning: 'Name in use (by marriage), if any.',
    refused: ['x'.repeat(101)].map((usageName) => ({ usageName })),
    example: example.usageName,
  },
  givenNames: {
    meaning: 'Given names.',
    refused: [[], ['Ange', ''], 'Ange'].map((givenNames) => ({ givenNames })),
    example: example.givenNames,
  },
  birthDate: {
    meaning: 'Date of birth. It may differ from the NIR: civil status may have been corrected since.',
    refused: ['18/12/1962', '1962-02-30', '2026-11-22', '1890-01-01'].map((birthDate) => ({ birthDate })),
    example: example.birthDate,
  },
  birthPlace: {
    meaning: 'Where the person was born. A commune whose code has changed is recognised by both codes.',
    refused: ['BASTIA', '2C033'].map((birthPlace) => ({ birthPlace })),
    example: example.birthPlace,
  },
  birthCountry: {
    meaning: 'Country of birth.',
    refused: ['FRANCE', ''].map((birthCountry) => ({ birthCountry })),
    example: example.birthCountry,
  },
  deceased: {
    meaning: '`true`: the person cannot enrol, and the import closes their account and open dossiers.',
    refused: [{ deceased: null }],
    example: example.deceased,
  },
  address: {
    meaning: 'Where letters are sent; an empty list if it is not known.',
    refused: [['x'.repeat(61)], '4 rue des Inventions'].map((address) => ({ address })),
    example: example.address,
  },
  postalCode: {
    meaning: 'Postal code of the home; compared with the one that the person types.',
    refused: ['6300', '00000', ''].map((postalCode) => ({ postalCode })),
    example: example.postalCode,
  },
  formerPostalCodes: {
    meaning: 'Postal codes of former homes; accepted too.',
    refused: [['630'], null].map((formerPostalCodes) => ({ formerPostalCodes })),
    example: example.formerPostalCodes,
  },
  regime: {
    meaning: 'Régime of the person. The policy lists those whose members may enrol.',
    refused: [{ regime: 'NOSUCH' }],
    example: example.regime,
  },
  caisse: {
    meaning: 'Caisse of the person. `compte migrate` fills the table of caisses; operators may correct it.',
    refused: [{ caisse: '999' }],
    example: example.caisse,
  },
  entitlement: {
    meaning: 'Whether the person is insured in their own right; an `ayant-droit` has no account.',
    refused: [{ entitlement: 'conjoint' }],
    example: example.entitlement,
  },
  iban: {
    meaning: 'Bank account known to the caisse. Its last characters are stored as a keyed fingerprint only.',
    refused: ['FR7520041000330134780G02443', '20041000330134780G02443'].map((iban) => ({ iban })),
    example: example.iban,
  },
  card: {
    meaning: 'The latest carte Vitale; null if there is none.',
    refused: [{ card: '04671322630' }],
    example: null,
  },
  'card.type': { meaning: 'The kind of card.', refused: [ofCard({ type: 'adulte' })], example: card?.type },
  'card.serial': {
    meaning: `What the person types: ${usualCards.photoCardDigits} digits with photo, ${usualCards.plainCardDigits.join(', ')} without, in the shipped policies. Stored as a keyed fingerprint only.`,
    refused: ['0467132263', 'VENTURI'].map((serial) => ofCard({ serial })),
    example: card?.serial,
  },
  'card.state': {
    meaning: 'Only an active card proves an identity.',
    refused: [ofCard({ state: 'volée' })],
    example: card?.state,
  },
  'card.transfer': {
    meaning: 'Whether the last change of caisse is complete; `unfinished` closes the card route.',
    refused: [ofCard({ transfer: true })],
    example: card?.transfer,
  },
  knownEmail: {
    meaning: 'Where a provisional code may be sent by e-mail.',
    refused: ['not an email', 'ange.venturi'].map((knownEmail) => ({ knownEmail })),
    example: example.knownEmail,
  },
  knownMobile: {
    meaning: 'The same by SMS.',
    refused: ['+447911123456', '0139980012'].map((knownMobile) => ({ knownMobile })),
    example: example.knownMobile,
  },
};

/** `value`: `code`, for each value that is rejected. */
function refusedCell(name: string, { refused }: FieldDocument): string {
  return refused
    .map((change) => {
      const reading = readLine(JSON.stringify({ ...example, ...change }), today, caisses);
      if (reading.ok) throw new Error(`${name}: ${JSON.stringify(change)} is not rejected`);
      const [field = '', code = ''] = reading.reason.split(': ');
      const [value] = Object.values(change);
      const shown =
        typeof value === 'object' && value !== null && !Array.isArray(value) ? partOf(value, field) : value;
      return `${written(shown)}: ${field === name ? '' : `${field} `}${code}`;
    })
    .join('<br>');
}

function partOf(value: object, path: string): unknown {
  return Reflect.get(value, path.split('.')[1] ?? '');
}

function written(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return `\`${text.length > 40 ? `${text.slice(0, 12)}…` : text}\``;
}

/** The whole document. Building it fails when the example itself would be rejected. */
export function registerDocument(): string {
  const whole: RegisterLine = example;
  const reading = readLine(JSON.stringify(whole), today, caisses);
  if (!reading.ok) throw new Error(`The example is rejected: ${reading.reason}`);
  const record = csvRowOf(whole, csv);
  const cells = readCsvRow(record, csv);
  if (!cells.ok || !parseRow(cells.value, { today, caisses, cards: usualCards }).ok)
    throw new Error('The example is rejected as CSV');
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\``,
    Object.entries(rowForms).find(([known]) => known === name)?.[1] ?? '',
    field.meaning,
    written(field.example),
    refusedCell(name, field),
  ]);
  return `${generated}

# The register file

What \`compte register import\` loads: one record per person, as lines of JSON or as CSV. \`compte register generate\` writes
both, about invented people.

| | |
|---|---|
| Format | lines of JSON (NDJSON) or CSV, told by the first line, or said with \`--format\` |
| Characters | UTF-8, with or without a byte order mark; \`--encoding latin-9\` or \`--encoding windows-1252\` for a file that is written so. Lines that cannot be in the encoding that was said are rejected |
| Compression | none, gzip or zstd, told by the first bytes; a file that grows more than 100 times beyond 64 MB is refused |
| Size | 64 kB a record at most; memory does not grow with the file |
| From | a file, or standard input (\`-\`) |
| Lines | end with LF, or CR and LF; no other character ends them. Blank lines are ignored |

## Lines of JSON

One object on each line. An example with an invented person:

\`\`\`json
${JSON.stringify(example)}
\`\`\`

## CSV

The first line names the columns, in any order; cells are separated by \`;\` or \`,\`. All columns of the table below are there,
and no other. A cell that holds a separator, a quote or a line end stands between quotes, with each quote in it twice (RFC
4180). The spaces around a cell are ignored, and an empty cell is null, no item, or an empty text. The four fields of a card have
columns of their own, all empty where there is no card. Items of a list (\`givenNames\`, \`address\`, \`formerPostalCodes\`) are
separated by \`|\`. The last line ends with a line end too: without it nobody can tell whether the last cell is whole. The same
person:

\`\`\`csv
${csvColumns.join(csv.delimiter)}
${record}
\`\`\`

A file whose quotes go wrong is refused whole, since nothing says where the records after it begin. Numbers of lines are those
of the file, also where a record takes several.

## Heading

In lines of JSON, the first line may give the date of the file, the number of lines that follow (\`persons\` is optional), and
whether it is a delta. Days are those of Paris. A CSV file has no such line: \`--as-of\`, \`--expect\`, \`--delta\` and \`--since\`
say the same. A file that was cut after a line looks complete: give the number of its lines, or a manifest beside it, so that
such a file is refused.

\`\`\`json
{"asOf":"2026-11-21","persons":5000}
{"asOf":"2026-11-21T04:00:00Z"}
{"kind":"delta","since":"2026-11-21","asOf":"2026-11-22","persons":12}
\`\`\`

## Deltas

A full file names everybody whom the register has: who is not in it has left. A delta names those who came or changed since an
earlier date, each by a whole row, a person who died by \`deceased\`; and those of whom only this is known, that they left the
register or died:

\`\`\`json
{"change":"left","nir":"${example.nir}"}
{"change":"died","nir":"${example.nir}"}
\`\`\`

In CSV, a column \`change\` holds \`left\` or \`died\`, or nothing for a whole row; of who left or died only \`nir\` is read.
\`since\` is the date of the register that the delta goes on: that of the file before. A delta that does not go on the register as it
is, because it was loaded before or a file between is missing, is refused. A full file in which somebody left or died is refused
too: it would lose everybody else.

## Fields

Every field is required; \`null\` is allowed where the table says so. A line with a field that is not in this table is
rejected, since a misspelt field would be lost. Values are parsed like those that people type (spaces, apostrophes, lower
case, other ways of writing a number), and stored in one form.

${table(['Field', 'Format', 'Meaning', 'Example', 'Rejected: code'], rows)}

Régimes: ${regimeCodes.map((code) => `\`${code}\``).join(', ')}.

## Rejected lines

A rejected line is reported by its number, and each thing that is wrong with it, ten at most, by the field and a code, never by its content; \`--rejected FILE\` writes all of them as
\`line;field;code;remedy\` before the register changes, in place of an earlier list, never of another file. The command counts them as \`set aside\`. Several lines about one person refuse the whole file, whether or not they are equal;
where \`--max-repeated\` allows so many, the first is loaded and the others are rejected (\`nir: duplicate of line …\`). Codes of a whole line: \`not_json\`, \`encoding\` (not in the encoding of the file), \`nul\`,
\`too-long\`, \`invalid_type\` (not an object), \`unknown-field\`; in CSV \`cells\` (as many cells as columns are needed). A missing field: \`missing\`; a field that occurs twice:
\`repeated\`.
`;
}
