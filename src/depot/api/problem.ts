/** Every problem of the sender’s API: its HTTP status, a title, and what to do. */
export const depotProblems = {
  malformed: [
    400,
    'Unreadable request',
    'The body is not what this address takes: its schema is in /api/depot/v1/openapi.json. Nothing was deposited.',
  ],
  'not-json': [
    400,
    'Not JSON',
    'Send JSON in UTF-8, whole, nested no deeper than the schema. Nothing was deposited.',
  ],
  'repeated-field': [
    400,
    'A field is there twice',
    'An object has two fields of one name: give each once. Nothing was deposited.',
  ],
  'invalid-key': [
    400,
    'Idempotency-Key not accepted',
    'The header has 16 to 64 letters, digits or hyphens, as a random UUID has.',
  ],
  unauthenticated: [401, 'Token missing or over', 'Get an access token at /token, and send it as Bearer.'],
  'scope-missing': [
    403,
    'Not in your scopes',
    'This sender may not do this: ask the operator for the scope.',
  ],
  'unknown-address': [404, 'Unknown address', 'The addresses are in /api/depot/v1/openapi.json.'],
  'unknown-message': [404, 'Unknown message', 'No message to this sender waits under this id.'],
  'method-not-allowed': [405, 'Method not allowed', 'The Allow header names the methods of this address.'],
  'in-progress': [
    409,
    'Request in progress',
    'A request with the same Idempotency-Key is being answered. Send it again in a moment.',
  ],
  'too-large': [
    413,
    'Request too long',
    'Send fewer deposits at once (1 MB), or a smaller file (10 MB). Nothing was deposited.',
  ],
  'unsupported-type': [
    415,
    'Format not accepted',
    'The description says which content types an address takes, without Content-Encoding.',
  ],
  misdirected: [421, 'Misdirected request', 'This host is not that of the sender’s API.'],
  'key-reused': [
    422,
    'Idempotency-Key already used',
    'This key was used for another request. Take a new key for each request.',
  ],
  'too-many-requests': [429, 'Too many requests', 'Wait until the delay of the Retry-After header is over.'],
  broken: [
    500,
    'The service has a problem',
    'Send the same request again in a few minutes: nothing is taken twice.',
  ],
  overloaded: [
    503,
    'The service is very busy',
    'Send the same request again after the delay of the Retry-After header: nothing is taken twice.',
  ],
} as const satisfies Readonly<Record<string, readonly [number, string, string]>>;

export type DepotProblemCode = keyof typeof depotProblems;

export interface DepotProblem {
  readonly kind: 'problem';
  readonly code: DepotProblemCode;
  readonly retryAfterSeconds?: number;
}

export function depotProblem(code: DepotProblemCode, retryAfterSeconds?: number): DepotProblem {
  return { kind: 'problem', code, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** The problem document (RFC 9457). */
export function problemDocument({ code }: DepotProblem): Readonly<Record<string, unknown>> {
  const [status, title, detail] = depotProblems[code];
  return { type: `/api/depot/v1#${code}`, title, status, code, detail };
}
