import { maskPersonalData } from '#src/operations/personal-data.ts';

/** How one named field may look in a log; undefined leaves it out. */
type Reader = (value: unknown) => unknown;

const root = new URL('../../', import.meta.url).href;
const masked = '[masked]';

/** What was checked before, so that words and routes that come back are not: closed lists, bounded all the same. */
function remembered(check: (value: string) => string | undefined): Reader {
  const known = new Map<string, string | undefined>();
  return (value) => {
    if (typeof value !== 'string') return undefined;
    if (known.has(value)) return known.get(value);
    const checked = check(value);
    if (known.size < 500) known.set(value, checked);
    return checked;
  };
}

/** A word of ours (event, reason, step, method): never free text. */
const code = remembered((value) =>
  /^[A-Za-z][\w.:-]{0,79}$/.test(value) ? maskPersonalData(value) : masked,
);
/** Small enough not to be a NIR. */
const number: Reader = (value) =>
  typeof value === 'number' && Math.abs(value) < 1e11 ? Math.round(value * 1000) / 1000 : undefined;
const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined);
const text: Reader = (value) =>
  typeof value === 'string' ? maskPersonalData(value.slice(0, 500)) : undefined;
/** The pattern of a route (`/validation-email/:token`), not the address that was asked. */
const route = remembered((value) => (/^\/[\w/:*.-]*$/.test(value) ? maskPersonalData(value) : undefined));
const reference: Reader = (value) =>
  typeof value === 'string' && /^[\da-f]{8}$/.test(value) ? value : undefined;
/** As Fastify counts them, or a UUID from a proxy. */
const requestId: Reader = (value) =>
  typeof value === 'string' && /^(req-[\da-z]{1,10}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/.test(value)
    ? value
    : undefined;

/** Every field that may be in a log line. What is not here does not get out, whoever logged it. */
const readers: Readonly<Record<string, Reader>> = {
  event: code,
  requestId,
  method: code,
  route,
  status: number,
  ms: number,
  personRef: reference,
  reason: code,
  step: code,
  kind: code,
  channel: code,
  state: code,
  mode: code,
  role: code,
  policy: code,
  signal: code,
  count: number,
  tries: number,
  port: number,
  seconds: number,
  forced: flag,
  text,
  error: (value) => errorFields(value, 3),
};

/** Names under which Fastify gives what we call otherwise. */
const renamed: Readonly<Record<string, string>> = { reqId: 'requestId', err: 'error' };

/** The allowed part of what somebody wants to log, in the order of the list. */
export function allowedFields(given: unknown): Record<string, unknown> {
  if (given instanceof Error) return { error: errorFields(given, 3) };
  if (typeof given !== 'object' || given === null) return {};
  const named = new Map(Object.entries(given).map(([name, value]) => [renamed[name] ?? name, value]));
  const allowed: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) {
    const value = named.has(name) ? read(named.get(name)) : undefined;
    if (value !== undefined) allowed[name] = value;
  }
  return allowed;
}

/** Name, code and where: never the message, which may repeat what a person typed or what a row holds. */
function errorFields(error: unknown, depth: number): Record<string, unknown> | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  const cause = errorFields(error.cause, depth - 1);
  const errorCode = 'code' in error ? code(error.code) : undefined;
  const constraint = 'constraint' in error ? code(error.constraint) : undefined;
  return {
    name: code(error.name),
    ...(errorCode === undefined ? {} : { code: errorCode }),
    ...(constraint === undefined ? {} : { constraint }),
    at: frames(error.stack ?? ''),
    ...(cause === undefined ? {} : { cause }),
  };
}

function frames(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12)
    .map((line) => maskPersonalData(line.trim().slice(3).replaceAll(root, '')));
}
