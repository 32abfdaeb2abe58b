import { personNamed } from '#src/fictitious/people.ts';
import { regimeCodes } from '#src/policy/regimes.ts';
import { usualCards } from '#src/proofs/card-serial.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { readLine } from '#src/register/line-check.ts';
import { rejectText } from '#src/register-import/reject-text.ts';
import { type RowField, rowForms } from '#src/register-import/row-fields.ts';
import { generated, table } from './markdown.ts';

const { line: example } = personNamed('venturi');
const { card } = example;
const today = '2026-11-21';
const caisses = new Set([example.caisse]);

interface FieldDocument {
  readonly meaning: string;
  /** What is set aside: the document says for which reason, and is not made when one of them is not. */
  readonly refused: readonly Partial<Readonly<Record<string, unknown>>>[];
  readonly example: unknown;
}

const ofCard = (change: object) => ({ card: { ...card, ...change } });

/** Each field of a row; the compiler asks for all of them. */
const fields: Readonly<Record<RowField, FieldDocument>> = {
  nir: {
    meaning: 'Number of the person, whose row it is. No two rows of a file have the same.',
    refused: ['1621443010001', '16212', '162122B01000104', ''].map((nir) => ({ nir })),
    example: example.nir,
  },
  certified: {
    meaning: '`false` for a waiting number (NIA) or a NIR that civil status has not certified: no enrolment.',
    refused: [{ certified: 'oui' }],
    example: example.certified,
  },
  birthName: {
    meaning: 'Name at birth, as in civil status.',
    refused: ['', '???'].map((birthName) => ({ birthName })),
    example: example.birthName,
  },
  usageName: {
    meaning: 'Name in use (by marriage), where there is one.',
    refused: ['x'.repeat(101)].map((usageName) => ({ usageName })),
    example: example.usageName,
  },
  givenNames: {
    meaning: 'Given names.',
    refused: [[], ['Ange', ''], 'Ange'].map((givenNames) => ({ givenNames })),
    example: example.givenNames,
  },
  birthDate: {
    meaning: 'Date of birth. It may contradict the NIR: civil status may have been corrected since.',
    refused: ['18/12/1962', '1962-02-30', '2026-11-22', '1890-01-01'].map((birthDate) => ({ birthDate })),
    example: example.birthDate,
  },
  birthPlace: {
    meaning: 'Where the person was born. A commune that has another code today is recognised by both.',
    refused: ['BASTIA', '2C033'].map((birthPlace) => ({ birthPlace })),
    example: example.birthPlace,
  },
  birthCountry: {
    meaning: 'Country of birth.',
    refused: ['FRANCE', ''].map((birthCountry) => ({ birthCountry })),
    example: example.birthCountry,
  },
  deceased: {
    meaning: '`true`: no enrolment, and whatever is open in the name of the person is closed by the import.',
    refused: [{ deceased: null }],
    example: example.deceased,
  },
  address: {
    meaning: 'Where letters are sent; an empty list where it is not known.',
    refused: [['x'.repeat(61)], '4 rue des Inventions'].map((address) => ({ address })),
    example: example.address,
  },
  postalCode: {
    meaning: 'Of the home: typed by the person, compared.',
    refused: ['6300', '00000', ''].map((postalCode) => ({ postalCode })),
    example: example.postalCode,
  },
  formerPostalCodes: {
    meaning: 'Of former homes: accepted as well.',
    refused: [['630'], null].map((formerPostalCodes) => ({ formerPostalCodes })),
    example: example.formerPostalCodes,
  },
  regime: {
    meaning: 'Régime of the person. Those that may enrol are in the policy.',
    refused: [{ regime: 'NOSUCH' }],
    example: example.regime,
  },
  caisse: {
    meaning: 'Caisse of the person. `compte migrate` fills the table, which is yours to correct.',
    refused: [{ caisse: '999' }],
    example: example.caisse,
  },
  entitlement: {
    meaning: 'Whether the person is insured in their own right; an `ayant-droit` has no account.',
    refused: [{ entitlement: 'conjoint' }],
    example: example.entitlement,
  },
  iban: {
    meaning: 'Bank account known to the caisse. Its end is kept as a keyed fingerprint only.',
    refused: ['FR7520041000330134780G02443', '20041000330134780G02443'].map((iban) => ({ iban })),
    example: example.iban,
  },
  card: {
    meaning: 'The last carte Vitale; null when there is none.',
    refused: [{ card: '04671322630' }],
    example: null,
  },
  'card.type': { meaning: 'What it looks like.', refused: [ofCard({ type: 'adulte' })], example: card?.type },
  'card.serial': {
    meaning: `What the person types: ${usualCards.photoCardDigits} digits with photo, ${usualCards.plainCardDigits.join(', ')} without, in the policies that we ship. Kept as a keyed fingerprint only.`,
    refused: ['0467132263', 'VENTURI'].map((serial) => ofCard({ serial })),
    example: card?.serial,
  },
  'card.state': {
    meaning: 'Only an active one proves.',
    refused: [ofCard({ state: 'volée' })],
    example: card?.state,
  },
  'card.transfer': {
    meaning: 'Whether the last change of caisse is complete; `unfinished` closes the route by card.',
    refused: [ofCard({ transfer: true })],
    example: card?.transfer,
  },
  knownEmail: {
    meaning: 'Where a provisional code may be sent.',
    refused: ['not an email', 'ange.venturi'].map((knownEmail) => ({ knownEmail })),
    example: example.knownEmail,
  },
  knownMobile: {
    meaning: 'The same by SMS.',
    refused: ['+447911123456', '0139980012'].map((knownMobile) => ({ knownMobile })),
    example: example.knownMobile,
  },
};

/** `value` → `code`, for each value that is set aside. */
function refusedCell(name: string, { refused }: FieldDocument): string {
  return refused
    .map((change) => {
      const reading = readLine(JSON.stringify({ ...example, ...change }), today, caisses);
      if (reading.ok) throw new Error(`${name}: ${JSON.stringify(change)} is not set aside`);
      const { field, code } = rejectText({ line: 1, reason: reading.reason });
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

/** The whole document. It is not made when the example itself would be set aside. */
export function registerDocument(): string {
  const whole: RegisterLine = example;
  const reading = readLine(JSON.stringify(whole), today, caisses);
  if (!reading.ok) throw new Error(`The example is set aside: ${reading.reason}`);
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\``,
    Object.entries(rowForms).find(([known]) => known === name)?.[1] ?? '',
    field.meaning,
    written(field.example),
    refusedCell(name, field),
  ]);
  return `${generated}

# The register file

Lines of JSON (NDJSON) in UTF-8, one person each; \`compte register import\` loads it. A line ends with LF, or CR and LF;
no other character ends it. Blank lines and a byte order mark at the start count for nothing. A line has 64 kB at most.
The file may be compressed by gzip. Everybody in it is invented:

\`\`\`json
${JSON.stringify(example)}
\`\`\`

## Heading

The first line may say of when the file is, and how many lines follow (\`persons\` may be left out). A day is one of Paris:

\`\`\`json
{"asOf":"2026-11-21","persons":5000}
{"asOf":"2026-11-21T04:00:00Z"}
\`\`\`

## Fields

Every field is there; \`null\` where it may be and nothing is known. A field that is not in this table sets the line aside:
misspelt, it would be lost. Values are read as the forms read what people type (spaces, apostrophes, small letters, other
ways of writing a number), and kept in one form.

${table(['Field', 'What is written', 'What it means', 'Example', 'Set aside: code'], rows)}

Régimes: ${regimeCodes.map((code) => `\`${code}\``).join(', ')}.

## Lines that are set aside

A line that cannot be used is named by its number, the field and a code, never by what it holds; \`--rejected FILE\` writes
all of them as \`line;field;code;remedy\`. Of several lines about one person the first is loaded and the others are set
aside (\`nir: duplicate of line …\`), whether or not they say the same. The whole line: \`not_json\`, \`encoding\` (not
UTF-8), \`nul\`, \`too-long\`, \`invalid_type\` (no object), \`unknown-field\`. A field that is absent: \`missing\`; there twice:
\`repeated\`.
`;
}
