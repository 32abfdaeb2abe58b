import { z } from 'zod';
import { depotProblems } from '#src/depot/api/problem.ts';
import { namedItemSchema } from '#src/depot/item.ts';
import { parseItem } from '#src/depot/read-item.ts';
import { remedies } from '#src/depot/refusal.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { fileRemedies } from '#src/files/judge-file.ts';
import { senderAlgorithms } from '#src/senders/public-keys.ts';
import { generated, table } from './markdown.ts';

const { line: person } = personNamed('venturi');
const act = { act: 'consultation', label: 'Consultation', rank: 1 };

/** One of each kind, of an invented person. */
const examples: Readonly<Record<string, unknown>> = {
  payment: {
    kind: 'payment',
    id: 'P-2026-000001',
    nir: person.nir,
    payment: {
      kind: 'care',
      paidOn: '2026-11-05',
      amount: 1900,
      thirdParty: null,
      lines: [
        {
          kind: 'care',
          ...act,
          caredOn: '2026-11-02',
          paid: 3000,
          base: 3000,
          rate: 70,
          reimbursed: 2100,
          sentOn: true,
        },
      ],
      deductions: [{ kind: 'participation', ...act, actOn: '2026-11-02', amount: 200 }],
    },
  },
  rights: {
    kind: 'rights',
    id: 'R-2026-000001',
    nir: person.nir,
    rights: {
      organism: { regime: '01', caisse: '631', centre: '0000' },
      beneficiaries: [
        {
          rank: 1,
          birthName: person.birthName,
          usageName: null,
          givenNames: person.givenNames,
          birthDate: person.birthDate,
          nir: person.nir,
          from: '2020-01-01',
          until: null,
          doctorDeclared: true,
          exonerations: [],
          solidarity: null,
        },
      ],
    },
  },
  message: {
    kind: 'message',
    id: 'M-2026-000001',
    nir: person.nir,
    message: {
      subject: 'Votre demande',
      text: 'Bonjour,\n\nVotre dossier est complet.',
      thread: null,
      attachments: [{ title: 'Récapitulatif', file: 'recapitulatif-1.pdf' }],
    },
  },
  document: {
    kind: 'document',
    id: 'D-2026-000001',
    nir: person.nir,
    document: { title: 'Relevé de novembre 2026', rank: 1, matters: true, file: 'releve-1.pdf' },
  },
};

/** What each field means; building the document fails for a field that is not here. */
const meanings: Readonly<Record<string, string>> = {
  kind: 'What is deposited.',
  id: 'Your own id: one for each deposit of a kind for a person, for good.',
  nir: 'The person’s NIR, 13 characters, or 15 with its key. They are in the register.',
  'payment.kind':
    '`care`: to the insured; `third-party`: to a pharmacy, a hospital …; allowances and pensions to the insured or an employer.',
  'payment.paidOn': 'Within the months that are kept, not after tomorrow.',
  'payment.amount': 'In cents: what the lines reimburse, less the deductions.',
  'payment.thirdParty': 'Who received it; null for the insured.',
  'payment.lines': 'Acts of care for `care` and `third-party`, benefits otherwise.',
  'payment.lines[].kind': 'An act of care, or a benefit.',
  'payment.lines[].act': 'Which deductions the act has.',
  'payment.lines[].label': 'What people read.',
  'payment.lines[].rank': 'Whom it is about: 1 is the insured; the rights name the others.',
  'payment.lines[].caredOn': 'Not after `paidOn`.',
  'payment.lines[].paid': 'In cents: what was asked for the act.',
  'payment.lines[].base': 'In cents: the tariff.',
  'payment.lines[].rate': 'In percent of the base.',
  'payment.lines[].reimbursed':
    'In cents. An act: the base at the rate, within a cent, and never more than was paid. A benefit: at most `daily` for each day.',
  'payment.lines[].sentOn': 'Whether the complementary insurer was told.',
  'payment.lines[].from': 'The first day of a benefit.',
  'payment.lines[].until': 'Its last day.',
  'payment.lines[].daily': 'In cents, for each day; null for a pension.',
  'payment.deductions': 'What was kept back, of this payment’s acts or of earlier ones.',
  'payment.deductions[].kind': 'Participation forfaitaire, or franchise.',
  'payment.deductions[].act': 'Of which act.',
  'payment.deductions[].label': 'What people read.',
  'payment.deductions[].rank': 'As on a line.',
  'payment.deductions[].actOn': 'Not after `paidOn`.',
  'payment.deductions[].amount': 'In cents.',
  'rights.organism': 'As an attestation prints it.',
  'rights.organism.regime': '',
  'rights.organism.caisse': '',
  'rights.organism.centre': '',
  'rights.beneficiaries': 'The insured and all insured with them: what is deposited replaces what was known.',
  'rights.beneficiaries[].rank': '1 is the insured, once.',
  'rights.beneficiaries[].birthName': '',
  'rights.beneficiaries[].usageName': '',
  'rights.beneficiaries[].givenNames': '',
  'rights.beneficiaries[].birthDate':
    '`yyyy-mm-dd`, `00` for a day or a month that civil status does not know. From the day of majority on, nothing about that person is shown to the insured.',
  'rights.beneficiaries[].nir':
    '13 characters; that of the deposit for rank 1; null for somebody without one.',
  'rights.beneficiaries[].from': 'The basic rights.',
  'rights.beneficiaries[].until': 'Their last day, or null.',
  'rights.beneficiaries[].doctorDeclared': 'A declared médecin traitant.',
  'rights.beneficiaries[].exonerations': 'Health information: printed only on request.',
  'rights.beneficiaries[].exonerations[].label': '',
  'rights.beneficiaries[].exonerations[].from': '',
  'rights.beneficiaries[].exonerations[].until': '',
  'rights.beneficiaries[].solidarity': 'Complémentaire santé solidaire, or null.',
  'rights.beneficiaries[].solidarity.from': '',
  'rights.beneficiaries[].solidarity.until': '',
  'message.subject': 'One line.',
  'message.text': 'Plain text, a blank line between paragraphs.',
  'message.thread': 'The thread that it goes on with (an answer); null for a new one.',
  'message.attachments': 'PDF, JPEG or PNG.',
  'message.attachments[].title': 'What people read.',
  'message.attachments[].file': 'The name of a file beside the deposits.',
  'document.title': 'What people read.',
  'document.rank': 'Whom it is about.',
  'document.matters':
    '`true`: the person must not miss it. Unread, it is reminded of, then goes by post; at once to somebody without an account, and to whom it concerns where they came of age since. `false`: it waits in the account, also for somebody who has none yet. A message has no such flag and never goes by post: deposit what must not be missed as a document.',
  'document.file': 'The name of a PDF beside the deposits.',
};

const node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof node>;

function choices({ anyOf, oneOf }: Node): readonly Node[] {
  return (anyOf ?? oneOf ?? []).map((one) => node.parse(one));
}

function format(one: Node): string {
  if (one.const !== undefined) return `\`${String(one.const)}\``;
  if (one.enum) return one.enum.map((value) => `\`${String(value)}\``).join(', ');
  const several = choices(one);
  if (several.length > 0) return [...new Set(several.map(format))].join(', or ');
  if (Array.isArray(one.type)) return one.type.map((type) => format({ ...one, type })).join(', or ');
  switch (one.type) {
    case 'object':
      return 'an object';
    case 'array':
      return `a list of ${one.maxItems ?? 'any number'} at most`;
    case 'null':
      return 'null';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `a whole number from ${one.minimum} to ${one.maximum}`;
    case 'number':
      return `a number from ${one.minimum} to ${one.maximum}`;
    default:
      if (one.format === 'date') return '`yyyy-mm-dd`';
      if (one.format === 'uuid') return 'a UUID';
      if (one.maxLength !== undefined) return `text of ${one.maxLength} characters at most`;
      return one.pattern ? `text, \`${one.pattern}\`` : 'text';
  }
}

/** Every field of a schema with its format, in order; a field of several shapes once, with all its formats. */
function fieldsOf(one: Node, path: string, fields = new Map<string, string[]>()): Map<string, string[]> {
  for (const choice of choices(one)) fieldsOf(choice, path, fields);
  if (one.items !== undefined) fieldsOf(node.parse(one.items), `${path}[]`, fields);
  for (const [name, value] of Object.entries(one.properties ?? {})) {
    const inner = node.parse(value);
    const field = path === '' ? name : `${path}.${name}`;
    fields.set(field, [...new Set([...(fields.get(field) ?? []), format(inner)])]);
    fieldsOf(inner, field, fields);
  }
  return fields;
}

function meaningOf(field: string): string {
  const meaning = meanings[field];
  if (meaning === undefined) throw new Error(`Nobody would know what the field ${field} of a deposit is`);
  return meaning;
}

function kindSection(schema: Node): string {
  const kind = String(node.parse(schema.properties?.kind).const);
  const example = examples[kind];
  const read = parseItem(example);
  if (read.kind === 'refused')
    throw new Error(`The example of ${kind} is refused: ${read.field} ${read.code}`);
  const rows = [...fieldsOf(schema, '')]
    .filter(([field]) => field !== kind)
    .map(([field, formats]) => [`\`${field}\``, formats.join(', or '), meaningOf(field)]);
  return `## ${kind.charAt(0).toUpperCase()}${kind.slice(1)}

\`\`\`json
${JSON.stringify(example)}
\`\`\`

${table(['Field', 'Format', 'Meaning'], rows)}`;
}

/** docs/deposit.md, for those who write programs of senders. */
export function depositDocument(): string {
  const kinds = choices(node.parse(z.toJSONSchema(namedItemSchema, { io: 'input' })));
  const refusals = [
    ...Object.entries(remedies),
    ...Object.entries(fileRemedies).map(([problem, remedy]) => [`file-${problem}`, remedy]),
  ];
  const problems = Object.entries(depotProblems).map(([code, [status, title, detail]]) => [
    String(status),
    `\`${code}\``,
    `${title}. ${detail}`,
  ]);
  return `${generated}

# Deposits

What a caisse or a mutuelle (a *sender*) deposits for people: payments, rights, messages, documents. One JSON object each, the
same in a file ([\`compte deposit\`](operations.md#deposits)) and through the API. Every field is required; \`null\` is allowed
where the table says so; a field that is not in the table is refused. Amounts are whole cents.

Each deposit has an id of yours. The same deposit again is answered as repeated and changes nothing; another content under
the same id is refused. So after an interruption, send everything again. Ids are remembered for 13 months after the last
month that is shown.

A deposit is stored whole or not at all. Somebody with an account is told by mail, grouped as they choose, without amount or
reason. What is about an adult insured with somebody, or about a rank that the rights do not name, is never shown to the
insured: deposit the rights first.

## The first deposit, from nothing

In a folder of its own, the sender makes a key. The public half goes to the operator, the private one stays.

\`\`\`sh
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out private.pem
openssl pkey -in private.pem -pubout -out public.pem
\`\`\`

The operator adds the sender (the demo’s database takes one program at a time: stop it first, and give its \`DATA_DIR\`):

\`\`\`sh
compte sender add caisse-999 --name 'CPAM de démonstration' --scopes payments,rights,messages,documents --keys public.pem
\`\`\`

By a file, at the operator’s: one line of JSON for each deposit, first looked at, then deposited.

\`\`\`sh
compte deposit deposits.ndjson --sender caisse-999 --pdf-dir files --dry-run
compte deposit deposits.ndjson --sender caisse-999 --pdf-dir files --rejected set-aside.csv
\`\`\`

By the API, from the sender’s machine: a token, then a message, then a document.

\`\`\`sh
DEPOT=http://localhost:9465/api/depot/v1 SENDER=caisse-999
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
head=$(printf '{"alg":"RS256"}' | b64)
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s/token","exp":%d,"jti":"%s"}' \\
  $SENDER $SENDER $DEPOT $(($(date +%s) + 60)) $(openssl rand -hex 16) | b64)
signature=$(printf '%s.%s' $head $claims | openssl dgst -sha256 -sign private.pem | b64)
TOKEN=$(curl -sS $DEPOT/token -d grant_type=client_credentials \\
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\
  -d client_assertion=$head.$claims.$signature | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
curl -sS $DEPOT/deposits -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(openssl rand -hex 16)" \\
  --data-binary '{"deposits":[{"kind":"message","id":"M-1","nir":"${person.nir}","message":{"subject":"Bonjour","text":"Premier dépôt.","thread":null,"attachments":[]}}]}'
curl -sS $DEPOT/documents -H "Authorization: Bearer $TOKEN" \\
  -F 'deposit={"kind":"document","id":"D-1","nir":"${person.nir}","document":{"title":"Relevé","rank":1,"matters":false,"file":"releve.pdf"}}' \\
  -F 'file=@releve.pdf'
\`\`\`

Each answers \`{"outcomes":[{"id":"M-1","outcome":"accepted","deposit":"…"}]}\`, and \`repeated\` when it is sent again.

${kinds.map(kindSection).join('\n\n')}

## Files

A line or a form names files without a folder; they lie in \`--pdf-dir\`, or are parts of the form. A document is a PDF, an
attachment a PDF, a JPEG or a PNG, told by its content, of 10 MB at most. A PDF with scripts, actions, embedded files, forms in
XFA, sound or film, an encrypted or a damaged one is refused.

## Refusals

A refusal names the field, a code, and what to do. It never repeats what was sent.

${table(
  ['Code', 'What to do'],
  refusals.map(([code = '', remedy = '']) => [`\`${code}\``, remedy]),
)}

## The API

\`/api/depot/v1\`, on a host and a port of its own. \`/api/depot/v1/openapi.json\` describes every address.

1. The operator adds you with your public key: ${senderAlgorithms.join(', ')} (RSA of 2048 bits or more). The private one stays with you.
2. \`POST /token\` with \`grant_type=client_credentials\`, \`client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer\`
   and \`client_assertion\`: a JWT signed with your key, \`iss\` and \`sub\` your code, \`aud\` the address of \`/token\`, \`exp\` five
   minutes ahead at most, a \`jti\` that was never used. The token that you get lasts ten minutes.
3. \`POST /deposits\` with \`{"deposits":[…]}\`, up to a hundred of them and 1 MB; \`POST /documents\` with one that has files, as a form:
   the part \`deposit\`, then each file under its name. The answer has one outcome for each, in order:
   \`accepted\` or \`repeated\` with the id that it has here, or \`refused\`.
4. \`GET /messages\` lists what people wrote to you and what waits for an answer; \`GET /messages/{id}\` is one of them with its
   person, thread and files; \`POST /messages/{id}/taken\` says that you take care of it. Answer by a deposit of the kind
   \`message\` with that thread.

\`Idempotency-Key\` (16 to 64 letters, digits or hyphens) has the same request answered as the first time, for a day. Anything
but an outcome is a problem document (RFC 9457):

${table(['Status', 'Code', 'Meaning'], problems)}
`;
}
