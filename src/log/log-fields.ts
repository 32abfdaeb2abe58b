import { isUuid } from '#src/crypto/uuid.ts';
import { errorFields, word } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

/** How one named field may look in a log; undefined leaves it out. */
type Reader = (value: unknown) => unknown;

/** Checks each distinct value once. The values come from closed lists; the cache is bounded all the same. */
function memoised(check: (value: string) => string | undefined): Reader {
  const results = new Map<string, string | undefined>();
  return (value) => {
    if (typeof value !== 'string') return undefined;
    if (results.has(value)) return results.get(value);
    const checked = check(value);
    if (results.size < 500) results.set(value, checked);
    return checked;
  };
}

/** An identifier of this program (event, reason, step, method): never free text. */
const code = memoised(word);
/** Small enough not to be a NIR. */
const number: Reader = (value) =>
  typeof value === 'number' && Math.abs(value) < 1e11 ? Math.round(value * 1000) / 1000 : undefined;
const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined);
const text: Reader = (value) =>
  typeof value === 'string' ? maskPersonalData(value.slice(0, 500)) : undefined;
/** The pattern of a route (`/validation-email/:token`), not the address that was requested. */
const route = memoised((value) => (/^\/[\w/:*.-]*$/.test(value) ? maskPersonalData(value) : undefined));
const reference: Reader = (value) =>
  typeof value === 'string' && /^[\da-f]{8}$/.test(value) ? value : undefined;
/** The code of a caisse or a mutuelle, as operators chose it. */
const sender = memoised((value) =>
  /^[a-z0-9][a-z0-9-]{1,39}$/.test(value) ? maskPersonalData(value) : undefined,
);
/** As `requestIds` makes them. */
const requestId: Reader = (value) =>
  typeof value === 'string' && /^req-[\da-z]{1,10}(-[\da-z]{1,10})?$/.test(value) ? value : undefined;

/** A UUID, which identifies a row, not a person. It is not masked: one that is mostly digits looks like a NIR. */
const id: Reader = (value) => (typeof value === 'string' && isUuid(value) ? value : undefined);
/** A fixed value of a server or a connection: an enhanced status (RFC 3463), a system error code. */
const detail: Reader = (value) =>
  typeof value === 'string' && /^[245]\.\d{1,3}\.\d{1,3}$/.test(value) ? value : code(value);
const version: Reader = (value) =>
  typeof value === 'string' && /^\d{1,4}(\.\d{1,4}){1,2}$/.test(value) ? value : undefined;

/** Every field that a log line may have. Any other is dropped, including those that libraries log. */
const readers: Readonly<Record<string, Reader>> = {
  event: code,
  requestId,
  method: code,
  route,
  status: number,
  ms: number,
  personRef: reference,
  sender,
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

/** The names of these fields, for the test that probes each. */
export const loggedFields: readonly string[] = Object.keys(readers);

/** The names under which Fastify logs some of them. */
const elsewhere: Readonly<Record<string, readonly string[]>> = { requestId: ['reqId'], error: ['err'] };

const fields = Object.entries(readers).flatMap(([name, read]) =>
  [name, ...(elsewhere[name] ?? [])].map((given) => ({ name, given, read })),
);

/**
 * Adds to a line the fields that may be logged, each filtered by its reader, in the order of the list. Answers whether
 * there is one.
 */
export function addAllowed(line: Record<string, unknown>, input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const from = input instanceof Error ? { error: input } : input;
  let hasField = false;
  for (const { name, given, read } of fields) {
    const value = Object.hasOwn(from, given) ? read(Reflect.get(from, given)) : undefined;
    if (value === undefined) continue;
    line[name] = value;
    hasField = true;
  }
  return hasField;
}
