import { z } from 'zod';
import type { DepotAnswer, DepotEndpoint, DepotRequest } from '#src/depot/api/endpoint.ts';
import { depotProblem } from '#src/depot/api/problem.ts';
import { type DepositOutcome, type DepositServices, depositAll } from '#src/depot/deposit.ts';
import { type DepositItem, depositKinds, fileNames, namedItemSchema, withFiles } from '#src/depot/item.ts';
import { parseItem } from '#src/depot/read-item.ts';
import { refused } from '#src/depot/refusal.ts';
import { senderScopes } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';

/** At once, each with its own outcome. */
const mostDeposits = 100;

const many = z.strictObject({ deposits: z.array(z.unknown()).min(1).max(mostDeposits) });

const outcome = z.union([
  z.strictObject({
    /** The sender’s own. */
    id: z.string().nullable(),
    outcome: z.enum(['accepted', 'repeated']),
    /** Ours: of what it became. */
    deposit: z.uuid(),
  }),
  z.strictObject({
    id: z.string().nullable(),
    outcome: z.literal('refused'),
    code: z.string(),
    field: z.string(),
    remedy: z.string(),
  }),
]);
const outcomes = z.strictObject({ outcomes: z.array(outcome) });

type Needed = DepositServices & Pick<Services, 'events'>;

export function depositEndpoints(services: Needed): readonly DepotEndpoint[] {
  return [
    {
      id: 'deposit',
      method: 'POST',
      path: '/deposits',
      summary: 'Deposit payments, rights and messages',
      description: `Up to ${mostDeposits} at once, in order; each has its own outcome, in the same place. The same deposit again is answered as repeated and changes nothing; another content under the same id is refused. What comes with files is sent to /documents.`,
      scopes: senderScopes,
      takes: 'json',
      body: z.strictObject({ deposits: z.array(namedItemSchema).min(1).max(mostDeposits) }),
      answer: outcomes,
      parameters: [],
      problems: [],
      async handle(request) {
        const read = many.safeParse(request.body);
        return read.success
          ? depositValues(services, request, read.data.deposits)
          : depotProblem('malformed');
      },
    },
    {
      id: 'depositWithFiles',
      method: 'POST',
      path: '/documents',
      summary: 'Deposit a document, or a message with its attachments',
      description:
        'A form (multipart/form-data): the part «deposit» is the JSON of one deposit; each file that it names is a part of its own, under that file name. A file has 10 MB at most. Its type is told by its content; scripts, embedded files and encryption are refused.',
      scopes: ['documents', 'messages'],
      takes: 'form',
      body: namedItemSchema,
      answer: outcomes,
      parameters: [],
      problems: [],
      handle: async (request) => depositValues(services, request, [request.body]),
    },
  ];
}

/** Seconds after which a scanner, or the queue before it, may be asked again. */
const laterSeconds = 30;

async function depositValues(
  services: Needed,
  request: DepotRequest,
  values: readonly unknown[],
): Promise<DepotAnswer> {
  const { sender, files, now } = request;
  const readings = values.map((value) => readingOf(value, files));
  const items = readings.flatMap((reading) => ('nir' in reading ? [reading] : []));
  const stored = await depositAll(services, sender, items, now);
  const byItem = new Map(items.map((item, index) => [item, stored[index]]));
  const results = readings.map((reading) =>
    'nir' in reading ? (byItem.get(reading) ?? refused('invalid', 'line')) : reading,
  );
  // Files come with one deposit alone: nothing was stored, and the same request may have another answer soon.
  if (results.some((result) => result.kind === 'refused' && result.code === 'file-later'))
    return depotProblem('overloaded', laterSeconds);
  report(services, request, values, results);
  return {
    kind: 'done',
    body: { outcomes: results.map((result, index) => written(idOf(values[index]), result)) },
  };
}

/** Reports how many deposits of each kind had each outcome. */
function report(
  { events }: Pick<Services, 'events'>,
  { requestId, sender }: DepotRequest,
  values: readonly unknown[],
  results: readonly DepositOutcome[],
): void {
  const judged = results.map((result, index) => ({
    kind: kindOf(values[index]),
    outcome: result.kind,
    reason: result.kind === 'refused' ? result.code : null,
  }));
  for (const same of Map.groupBy(judged, (one) => JSON.stringify(one)).values()) {
    const [first] = same;
    if (first) events.depositsJudged({ requestId, sender: sender.code, ...first, count: same.length });
  }
}

const withKind = z.looseObject({ kind: z.enum(depositKinds) });

function kindOf(value: unknown): string {
  const read = withKind.safeParse(value);
  return read.success ? read.data.kind : 'unknown';
}

function readingOf(value: unknown, files: ReadonlyMap<string, Buffer>): DepositItem | DepositOutcome {
  const reading = parseItem(value);
  if (reading.kind === 'refused') return reading;
  const whole = withFiles(reading.item, files);
  if (!whole) return refused('file-missing', fieldOfFiles(reading.item.kind));
  const named = fileNames(reading.item);
  return [...files.keys()].every((name) => named.includes(name)) ? whole : refused('unknown-field', 'line');
}

function fieldOfFiles(kind: DepositItem['kind']): string {
  return kind === 'message' ? 'message.attachments' : 'document.file';
}

/** The sender’s own id, where it can be read, so that it recognises what was refused. */
function idOf(value: unknown): string | null {
  const read = z.looseObject({ id: z.string().max(100) }).safeParse(value);
  return read.success ? read.data.id : null;
}

function written(id: string | null, result: DepositOutcome): z.infer<typeof outcome> {
  if (result.kind !== 'refused') return { id, outcome: result.kind, deposit: result.id };
  const { code, field, remedy } = result;
  return { id, outcome: 'refused', code, field, remedy };
}
