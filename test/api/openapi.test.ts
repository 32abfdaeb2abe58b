import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { problemStatus } from '#src/api/problem-status.ts';
import { paths } from '#src/paths.ts';
import { languages } from '#src/texts/language.ts';
import { testApp } from '../setting/application.ts';
import { Visitor } from '../visitor.ts';
import { Program } from './program.ts';

const jsonSchema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: jsonSchema, example: jsonSchema.optional() }));
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z]+[A-Za-z]*$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  security: z.array(z.never()).optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['header', 'path', 'query']),
      required: z.boolean(),
      description: z.string(),
      schema: jsonSchema,
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: jsonSchema.optional(),
      content: content.optional(),
    }),
  ),
});

/** The parts of OpenAPI 3.1 that the description uses, and no others. */
const description = z.strictObject({
  openapi: z.literal('3.1.1'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.tuple([z.strictObject({ url: z.literal('/api/v1') })]),
  security: z.tuple([z.strictObject({ jeton: z.tuple([]) })]),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      jeton: z.strictObject({
        type: z.literal('http'),
        scheme: z.literal('bearer'),
        description: z.string(),
      }),
    }),
    schemas: z.strictObject({ Probleme: jsonSchema }),
  }),
});

type Operation = z.infer<typeof operation>;

/** Whether an answer is one of those that are documented, in its shape. */
function isDocumented(about: Operation, problem: z.ZodType, status: number, body: unknown): string | null {
  const documented = about.responses[String(status)];
  if (!documented) return `${status} is not documented`;
  const schema = documented.content?.['application/json']?.schema;
  if (!documented.content) return null;
  const parsed = (schema ? z.fromJSONSchema(schema) : problem).safeParse(body);
  return parsed.success ? null : z.prettifyError(parsed.error);
}

test('the description is OpenAPI 3.1, in both languages, and every documented example works', async (t) => {
  const { app, mails } = await testApp(t);
  for (const language of languages) {
    const program = new Program(app, { 'accept-language': language });
    const told = await program.ask('GET', '/openapi.json');
    assert.match(told.type, /^application\/json/);
    const about = description.parse(told.body);
    const operations = Object.values(about.paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    assert.deepEqual(ids, [...new Set(ids)], 'each operation has a name of its own');
    for (const { schema, example } of operations.flatMap((one) =>
      Object.values(one.requestBody?.content ?? {}),
    ))
      z.fromJSONSchema(schema).parse(example);
  }

  const program = new Program(app);
  const about = description.parse((await program.ask('GET', '/openapi.json')).body);
  const problem = z.fromJSONSchema(about.components.schemas.Probleme);
  const asked = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: Record<string, unknown>) => {
    const one = about.paths[path]?.[z.enum(['get', 'post', 'delete']).parse(method.toLowerCase())];
    assert.ok(one, `${method} ${path}`);
    const example = body ?? one.requestBody?.content['application/json']?.example;
    const answer = await program.ask(method, path, example);
    assert.equal(
      isDocumented(one, problem, answer.status, answer.body),
      null,
      `${method} ${path}: ${answer.text}`,
    );
    return answer;
  };
  assert.equal((await asked('GET', '/dossier')).status, 401);
  assert.equal((await asked('POST', '/dossiers', {})).status, 422);
  assert.equal((await asked('POST', '/dossiers')).status, 201);
  assert.equal((await asked('POST', '/dossier/coordonnees')).status, 409);
  for (const step of ['verification', 'conditions', 'mot-de-passe', 'coordonnees']) {
    assert.equal((await asked('GET', `/dossier/${step}`)).status, 200);
    assert.equal((await asked('POST', `/dossier/${step}`)).status, 200);
  }
  assert.equal((await asked('GET', '/dossier/validation-email')).status, 200);
  assert.equal((await asked('POST', '/dossier/validation-email/renvoi')).status, 429);
  assert.equal((await asked('POST', '/dossier/validation-email/adresse')).status, 429);
  assert.equal((await asked('POST', '/dossier/validation-email')).status, 422);
  const code = (await mails()).find(({ kind }) => kind === 'activation')?.content.code;
  assert.equal((await asked('POST', '/dossier/validation-email', { code })).status, 200);
  assert.equal((await asked('GET', '/dossier')).body.etape, 'termine');
  assert.equal((await asked('DELETE', '/dossier')).status, 204);
});

test('the page for people names every request and every refusal', async (t) => {
  const { app } = await testApp(t);
  const { status, html } = await new Visitor(app).get(paths.api);
  assert.equal(status, 200);
  const about = description.parse((await new Program(app).ask('GET', '/openapi.json')).body);
  for (const [path, methods] of Object.entries(about.paths))
    for (const method of Object.keys(methods))
      assert.ok(html.includes(`<code>${method.toUpperCase()} /api/v1${path}</code>`), `${method} ${path}`);
  for (const code of Object.keys(problemStatus)) assert.ok(html.includes(`id="${code}"`), code);
});
