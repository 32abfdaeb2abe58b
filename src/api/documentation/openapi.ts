import { z } from 'zod';
import { fieldTexts } from '#src/api/documentation/field-texts.ts';
import { documentationTexts } from '#src/api/documentation/texts.ts';
import type { Endpoint } from '#src/api/endpoint.ts';
import { type ProblemCode, problemStatus } from '#src/api/problem-status.ts';
import { problemTexts } from '#src/api/problem-texts.ts';
import { apiRoot } from '#src/api/standing.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';

type Json = Readonly<Record<string, unknown>>;

/** The problems of any request, and those of a request with a body. */
const anywhere: readonly ProblemCode[] = ['unauthenticated', 'too-many-requests', 'broken', 'overloaded'];
const withBody: readonly ProblemCode[] = [
  'malformed',
  'invalid-key',
  'in-progress',
  'too-large',
  'not-json',
  'key-reused',
];

/** Every problem that an endpoint can answer. */
export function problemsOf(endpoint: Endpoint): readonly ProblemCode[] {
  const general = anywhere.filter((code) => code !== 'unauthenticated' || !endpoint.open);
  return [...endpoint.problems, ...(endpoint.method === 'POST' ? withBody : []), ...general];
}

/** The OpenAPI 3.1 description, generated from the schemas that read requests and forms. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  { serviceName }: Pick<Policy, 'serviceName'>,
  language: Language,
): Json {
  const t = documentationTexts[language];
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const template = templateOf(endpoint.path);
    const path = paths[template] ?? {};
    paths[template] = path;
    path[endpoint.method.toLowerCase()] = operation(endpoint, language);
  }
  return {
    openapi: '3.1.1',
    info: { title: t.title(serviceName), version: '1', description: t.lead.join('\n\n') },
    servers: [{ url: apiRoot }],
    security: [{ jeton: [] }],
    paths,
    components: {
      securitySchemes: { jeton: { type: 'http', scheme: 'bearer', description: t.token } },
      schemas: { Probleme: problemSchema(language) },
    },
  };
}

function operation(endpoint: Endpoint, language: Language): Json {
  const { id, method, open, body, status, answer, file } = endpoint;
  const t = documentationTexts[language];
  const [summary, description] = t.endpoints[id];
  return {
    operationId: id,
    summary,
    description,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...parametersOf(endpoint, language),
      { ...languageHeader, description: t.languageHeader },
      ...(method === 'POST' ? [{ ...keyHeader, description: t.keyHeader }] : []),
    ],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': bodyContent(body, language) } } }
      : {}),
    responses: {
      [status]: {
        description: t.success,
        ...(answer
          ? { content: { 'application/json': { schema: describe(answer, 'output', language) } } }
          : {}),
        ...(file ? { content: Object.fromEntries(file.map((type) => [type, { schema: {} }])) } : {}),
      },
      ...problemResponses(problemsOf(endpoint), language),
    },
  };
}

/** The path of an endpoint as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function parametersOf({ path, query = [] }: Endpoint, language: Language): readonly Json[] {
  const parameter = (place: 'path' | 'query') => (name: string) => ({
    name,
    in: place,
    required: place === 'path',
    description: fieldText(name, language),
    schema: { type: 'string' },
  });
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return [...inPath.map(parameter('path')), ...query.map(parameter('query'))];
}

const languageHeader = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  schema: { type: 'string', examples: ['fr', 'en'] },
};

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', pattern: '^[\\w-]{16,64}$', examples: ['0d6f2f9e-6f0f-4c83-9f0e-3a1f5b0f7c11'] },
};

function bodyContent(body: z.ZodObject, language: Language): Json {
  const schema = describe(body, 'input', language);
  return { schema: { ...schema, additionalProperties: false }, example: exampleOf(body) };
}

/** The example of each required field: together they are a person of the fictitious register. */
export function exampleOf(body: z.ZodObject): Json {
  const { required = [], properties } = shapeOf(z.toJSONSchema(body, { io: 'input' }));
  return Object.fromEntries(required.map((field) => [field, properties[field]?.examples?.[0]]));
}

const shape = z.looseObject({
  required: z.array(z.string()).optional(),
  properties: z.record(
    z.string(),
    z.looseObject({ examples: z.array(z.unknown()).optional(), default: z.unknown().optional() }),
  ),
});

function shapeOf(schema: unknown): z.infer<typeof shape> {
  return shape.parse(schema);
}

/** A schema as JSON Schema, each field with its description in a language. */
function describe(schema: z.ZodObject, io: 'input' | 'output', language: Language): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  const { properties } = shapeOf(json);
  const described = Object.entries(properties).map(([field, about]) => [
    field,
    { ...about, description: fieldText(field, language) },
  ]);
  return { ...json, properties: Object.fromEntries(described) };
}

/** The description of a field; throws when there is none. */
function fieldText(field: string, language: Language): string {
  const text = fieldTexts[language][field];
  if (text === undefined) throw new Error(`Nobody would know what the field ${field} is`);
  return text;
}

export interface DescribedField {
  readonly name: string;
  readonly text: string;
  readonly optional: boolean;
  readonly example: unknown;
}

/** The fields of a schema, for the documentation page. */
export function fieldsOf(schema: z.ZodObject, io: 'input' | 'output', language: Language): DescribedField[] {
  const { required = [], properties } = shapeOf(z.toJSONSchema(schema, { io }));
  return Object.entries(properties).map(([name, about]) => ({
    name,
    text: fieldText(name, language),
    optional: !required.includes(name),
    example: about.examples?.[0],
  }));
}

function problemResponses(codes: readonly ProblemCode[], language: Language): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const status = problemStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\` (${problemTexts[language][code][0]})`).join(', '),
        ...(status === 429 || status === 503
          ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } }
          : {}),
        content,
      },
    ]),
  );
}

function problemSchema(language: Language): Json {
  const text = { type: 'string' };
  const fields: Readonly<Record<string, Json>> = {
    type: text,
    title: text,
    status: { type: 'integer' },
    code: { ...text, enum: Object.keys(problemStatus) },
    detail: text,
    champs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['champ', 'code', 'message'],
        properties: { champ: text, code: text, message: text, proposition: text },
      },
    },
    reessayerA: { ...text, format: 'date-time' },
    etape: text,
    suite: text,
  };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail'],
    properties: Object.fromEntries(
      Object.entries(fields).map(([field, about]) => [
        field,
        { ...about, description: fieldText(field, language) },
      ]),
    ),
  };
}
