import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { buildDepotApp } from '#src/depot/api/app.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { openFloodGate } from '#src/limits/flood.ts';
import { openSharedCounts } from '#src/limits/shared-counts.ts';
import { openLog } from '#src/log/log.ts';
import { readPublicKeys } from '#src/senders/public-keys.ts';
import { addingSender, type SenderScope, senderScopes } from '#src/senders/sender.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';

export const audience = 'https://depot.example.fr/api/depot/v1/token';

/** The sender’s API on the database of a site. */
export async function depotApi(t: Closing, site: TestApp): Promise<FastifyInstance> {
  const { services, log, clock } = site;
  const { db } = services;
  await openDepositMonths(services, clock.now());
  const limit = { max: 300, perSeconds: 60, unnamedShare: 1 };
  const app = await buildDepotApp(services, {
    log: openLog({ level: 'info', clock, write: (line) => log.push(line) }),
    flood: openFloodGate(db, clock, limit, (client) => Buffer.from(client)),
    senderRequests: openSharedCounts(db, clock, 60, (sender) => Buffer.from(`sender ${sender}`)),
    publicUrl: () => 'https://depot.example.fr',
    trustProxy: 'loopback',
    lateMs: 10_000,
    ready: Promise.resolve(),
  });
  t.after(() => app.close());
  return app;
}

/** A site with the sender’s API, and the programs of senders. */
export async function openedApi(t: Closing) {
  const site = await testApp(t);
  const app = await depotApi(t, site);
  return { site, app, program: (code: string) => new SenderProgram(site, app, code) };
}

type Algorithm = 'ES256' | 'RS256' | 'EdDSA';

function keyPair(algorithm: Algorithm) {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ed25519');
}

/** The program of a sender, with its key. */
export class SenderProgram {
  readonly #app: FastifyInstance;
  readonly #site: TestApp;
  readonly #algorithm: Algorithm;
  readonly #keys;
  readonly code: string;
  #token = '';

  constructor(site: TestApp, app: FastifyInstance, code: string, algorithm: Algorithm = 'ES256') {
    this.#site = site;
    this.#app = app;
    this.code = code;
    this.#algorithm = algorithm;
    this.#keys = keyPair(algorithm);
  }

  /** Its public key, as an operator gets it. */
  publicKeys() {
    const reading = readPublicKeys(this.#keys.publicKey.export({ format: 'jwk' }));
    if (!reading.ok) throw new Error(`The key is not taken: ${reading.reason}`);
    return reading.keys;
  }

  /** Lets it deposit. */
  async add(scopes: readonly SenderScope[] = senderScopes): Promise<this> {
    const { db, clock } = this.#site.services;
    const sender = { code: this.code, name: `Expéditeur ${this.code}`, scopes, keys: this.publicKeys() };
    await db.executeQuery(addingSender(db, sender, clock.now()).compile());
    return this;
  }

  /** A signed assertion, right but for what is given. */
  async assertion(changed: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const now = Math.floor(this.#site.clock.now().getTime() / 1000);
    const jti = this.#site.services.random.uuid();
    return new SignJWT({
      iss: this.code,
      sub: this.code,
      aud: audience,
      iat: now,
      exp: now + 60,
      jti,
      ...changed,
    })
      .setProtectedHeader({ alg: this.#algorithm })
      .sign(this.#keys.privateKey);
  }

  askToken(assertion: string, more: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    return this.#app.inject({
      method: 'POST',
      url: '/api/depot/v1/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        ...more,
      }).toString(),
    });
  }

  async signIn(more: Readonly<Record<string, string>> = {}): Promise<this> {
    const answer = await this.askToken(await this.assertion(), more);
    this.#token = z.object({ access_token: z.string() }).parse(answer.json()).access_token;
    return this;
  }

  get authorization(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.#token}` };
  }

  #send(
    method: 'GET' | 'POST',
    path: string,
    type: string,
    payload: string | Buffer | Readable,
    key?: string,
  ) {
    return this.#app.inject({
      method,
      url: `/api/depot/v1${path}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(method === 'POST' ? { 'content-type': type } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(method === 'POST' ? { payload } : {}),
    });
  }

  get(path: string): Promise<LightMyRequestResponse> {
    return this.#send('GET', path, '', '');
  }

  post(path: string, body: unknown, key?: string): Promise<LightMyRequestResponse> {
    return this.#send('POST', path, 'application/json', JSON.stringify(body), key);
  }

  /** Something happens while the body is on its way. */
  postSlowly(
    path: string,
    body: unknown,
    meanwhile: () => Promise<unknown>,
  ): Promise<LightMyRequestResponse> {
    const text = JSON.stringify(body);
    async function* parts() {
      yield text.slice(0, 9);
      await meanwhile();
      yield text.slice(9);
    }
    return this.#send('POST', path, 'application/json', Readable.from(parts(), { highWaterMark: 1 }));
  }

  /** Sends one deposit with its files. */
  async postForm(
    deposit: unknown,
    files: Readonly<Record<string, Buffer>>,
    key?: string,
  ): Promise<LightMyRequestResponse> {
    const form = new FormData();
    form.append('deposit', typeof deposit === 'string' ? deposit : JSON.stringify(deposit));
    for (const [name, bytes] of Object.entries(files))
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const type = request.headers.get('content-type') ?? '';
    return this.postBytes(type, Buffer.from(await request.arrayBuffer()), key);
  }

  /** Uploads a form over a real connection; the status of the answer. */
  async upload(origin: string, body: FormData): Promise<number> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const answer = await fetch(`${origin}/api/depot/v1/documents`, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    return answer.status;
  }

  postBytes(type: string, bytes: Buffer, key?: string): Promise<LightMyRequestResponse> {
    return this.#send('POST', '/documents', type, bytes, key);
  }
}

/** The outcomes of an answer, in short. */
export function outcomesOf(answer: LightMyRequestResponse): readonly string[] {
  const { outcomes } = z
    .object({
      outcomes: z.array(
        z.looseObject({ outcome: z.string(), field: z.string().optional(), code: z.string().optional() }),
      ),
    })
    .parse(answer.json());
  return outcomes.map(({ outcome, field, code }) => (code ? `${field}: ${code}` : outcome));
}

/** The code of a problem document. */
export function problemOf(answer: LightMyRequestResponse): string {
  const { status, code } = z.object({ status: z.number(), code: z.string() }).parse(answer.json());
  return status === answer.statusCode ? code : `status ${answer.statusCode} for ${code}`;
}
