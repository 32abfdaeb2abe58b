import { z } from 'zod';
import { type DepotEndpoint, depotRoot, tokenPath } from '#src/depot/api/endpoint.ts';
import { type DepotProblemCode, depotProblems } from '#src/depot/api/problem.ts';
import { assertionType, tokenRequest } from '#src/depot/api/token-request.ts';
import { senderScopes } from '#src/senders/sender.ts';

type Json = Readonly<Record<string, unknown>>;

const anywhere: readonly DepotProblemCode[] = [
  'unauthenticated',
  'scope-missing',
  'misdirected',
  'too-many-requests',
  'broken',
  'overloaded',
];
const withBody: readonly DepotProblemCode[] = [
  'malformed',
  'not-json',
  'repeated-field',
  'invalid-key',
  'in-progress',
  'too-large',
  'unsupported-type',
  'key-reused',
];

const lead = `What caisses and mutuelles deposit for people: payments, rights, messages and documents, and the messages that people write to them. Each deposit has an id of the sender’s: the same again changes nothing, so that everything may be sent again after an interruption. docs/deposit.md describes the fields and every refusal.`;

/** The OpenAPI 3.1 description, generated from the endpoints and the schemas that read deposits. */
export function depotOpenApi(endpoints: readonly DepotEndpoint[], publicUrl: string): string {
  const paths: Record<string, Record<string, Json>> = { '/token': { post: tokenOperation() } };
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return JSON.stringify({
    openapi: '3.1.1',
    info: { title: 'Deposits', version: '1', description: lead },
    servers: [{ url: `${publicUrl}${depotRoot}` }],
    security: [{ oauth: [] }],
    paths,
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          description: 'The client signs in by private_key_jwt (RFC 7523), with a key that the operator has.',
          flows: {
            clientCredentials: {
              tokenUrl: `${publicUrl}${tokenPath}`,
              scopes: Object.fromEntries(senderScopes.map((scope) => [scope, scopeTexts[scope]])),
            },
          },
        },
      },
      schemas: { Problem: problemSchema },
    },
  });
}

const scopeTexts: Readonly<Record<(typeof senderScopes)[number], string>> = {
  payments: 'deposit payments',
  rights: 'deposit rights',
  documents: 'deposit documents',
  messages: 'deposit messages, read and answer those of people',
};

function tokenOperation(): Json {
  return {
    operationId: 'token',
    summary: 'Get an access token',
    description: `OAuth 2.0 client credentials. The assertion is a JWT signed with ES256, RS256 or EdDSA: iss and sub are the sender’s code, aud this address, exp at most five minutes ahead, jti never used before. client_assertion_type is ${assertionType}. The token lasts ten minutes.`,
    security: [],
    requestBody: {
      required: true,
      content: { 'application/x-www-form-urlencoded': { schema: schemaOf(tokenRequest) } },
    },
    responses: {
      200: {
        description: 'An access token',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['access_token', 'token_type', 'expires_in', 'scope'],
              properties: {
                access_token: { type: 'string' },
                token_type: { const: 'Bearer' },
                expires_in: { type: 'integer' },
                scope: { type: 'string' },
              },
            },
          },
        },
      },
      400: { description: 'invalid_request, invalid_scope' },
      401: { description: 'invalid_client: whatever is wrong with the assertion' },
      ...problemResponses([
        'too-large',
        'unsupported-type',
        'misdirected',
        'too-many-requests',
        'broken',
        'overloaded',
      ]),
    },
  };
}

function operation(endpoint: DepotEndpoint): Json {
  const { id, summary, description, scopes, takes, body, answer, parameters, problems, method } = endpoint;
  return {
    operationId: id,
    summary,
    description,
    security: scopes.map((scope) => ({ oauth: [scope] })),
    parameters: [
      ...parameters.map(({ schema, name, in: place, description: text }) => ({
        name,
        in: place,
        required: place === 'path',
        description: text,
        schema: schemaOf(schema),
      })),
      ...(method === 'POST' ? [keyHeader] : []),
    ],
    ...(body ? { requestBody: { required: true, content: bodyContent(takes, body) } } : {}),
    responses: {
      200: {
        description: 'Done',
        content: answer
          ? { 'application/json': { schema: schemaOf(answer, 'output') } }
          : { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      ...problemResponses([...problems, ...anywhere, ...(method === 'POST' ? withBody : [])]),
    },
  };
}

function bodyContent(takes: DepotEndpoint['takes'], body: z.ZodType): Json {
  if (takes === 'json') return { 'application/json': { schema: schemaOf(body) } };
  const files = { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: 5 };
  return {
    'multipart/form-data': {
      schema: { type: 'object', required: ['deposit'], properties: { deposit: schemaOf(body), files } },
      encoding: { deposit: { contentType: 'text/plain, application/json' } },
    },
  };
}

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and request again is answered as the first time, for a day.',
  schema: { type: 'string', pattern: '^[\\w-]{16,64}$' },
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return json;
}

function problemResponses(codes: readonly DepotProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => depotProblems[code][0]);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      { description: those.map((code) => `\`${code}\` (${depotProblems[code][1]})`).join(', '), content },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(depotProblems) },
    detail: { type: 'string' },
  },
};
