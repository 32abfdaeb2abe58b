/** Every problem of the API with its HTTP status. The codes are those of docs/refusals.md. */
export const problemStatus = {
  malformed: 400,
  'invalid-key': 400,
  unauthenticated: 401,
  'unknown-address': 404,
  'method-not-allowed': 405,
  'step-not-open': 409,
  overtaken: 409,
  'account-exists': 409,
  'account-frozen': 409,
  'in-progress': 409,
  'too-large': 413,
  'not-json': 415,
  fields: 422,
  'identity-refused': 422,
  'proof-refused': 422,
  'sign-in-refused': 422,
  'confirmation-refused': 422,
  'key-reused': 422,
  blocked: 429,
  'too-soon': 429,
  'no-more-messages': 429,
  'too-many-requests': 429,
  broken: 500,
  overloaded: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;
