import { errorFields, word } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

/** How one named field may look in a log; undefined leaves it out. */
type Reader = (value: unknown) => unknown;

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
const code = remembered(word);
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
/** As `requestIds` makes them. */
const requestId: Reader = (value) =>
  typeof value === 'string' && /^req-[\da-z]{1,10}(-[\da-z]{1,10})?$/.test(value) ? value : undefined;

/** A UUID, which names a row and nobody. It is not masked: one that is mostly digits would pass for a NIR. */
const id: Reader = (value) =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value) ? value : undefined;
/** What a server or a connection said in fixed words: an enhanced status (RFC 3463), a code of the system. */
const detail: Reader = (value) =>
  typeof value === 'string' && /^[245]\.\d{1,3}\.\d{1,3}$/.test(value) ? value : code(value);
const version: Reader = (value) =>
  typeof value === 'string' && /^\d{1,4}(\.\d{1,4}){1,2}$/.test(value) ? value : undefined;

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
  detail,
  step: code,
  job: code,
  check: code,
  noticeId: id,
  kind: code,
  channel: code,
  state: code,
  mode: code,
  role: code,
  policy: code,
  version,
  nodeVersion: version,
  signal: code,
  count: number,
  tries: number,
  port: number,
  seconds: number,
  forced: flag,
  text,
  error: (value) => errorFields(value),
};

/** The names of these fields, for the test that tries each. */
export const loggedFields: readonly string[] = Object.keys(readers);

/** Names under which Fastify gives what we call otherwise. */
const renamed: Readonly<Record<string, string>> = { reqId: 'requestId', err: 'error' };

/** The allowed part of what somebody wants to log, in the order of the list. */
export function allowedFields(given: unknown): Record<string, unknown> {
  if (given instanceof Error) return { error: errorFields(given) };
  if (typeof given !== 'object' || given === null) return {};
  const named = new Map(Object.entries(given).map(([name, value]) => [renamed[name] ?? name, value]));
  const allowed: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) {
    const value = named.has(name) ? read(named.get(name)) : undefined;
    if (value !== undefined) allowed[name] = value;
  }
  return allowed;
}
