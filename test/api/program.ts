import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { goodPassword } from '../steps.ts';

const object = z.record(z.string(), z.unknown());

/** What came back, as a program sees it. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A program that speaks for somebody: keeps the token that it is given, sends JSON. */
export class Program {
  readonly #app: FastifyInstance;
  readonly #headers: Readonly<Record<string, string>>;
  token: string | null = null;

  constructor(app: FastifyInstance, headers: Readonly<Record<string, string>> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  async ask(
    method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'OPTIONS' | 'HEAD',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Told> {
    const sent: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'localhost',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#headers,
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await this.#app.inject(sent);
    const type = String(response.headers['content-type'] ?? '');
    const told = {
      status: response.statusCode,
      headers: response.headers,
      type,
      text: response.body,
      body: type.includes('json') ? object.parse(response.json()) : {},
    };
    if (typeof told.body.jeton === 'string') this.token = told.body.jeton;
    return told;
  }

  /** The same program, as it is now, for something sent at the same time. */
  twin(): Program {
    const twin = new Program(this.#app, this.#headers);
    twin.token = this.token;
    return twin;
  }
}

/** What a program sends for somebody at each step. */
export function identityJson({ line }: Pick<NamedPerson, 'line'>): Record<string, string> {
  const [year, month, day] = line.birthDate.split('-');
  return {
    nom: line.birthName,
    nir: line.nir,
    dateNaissance: `${day}/${month}/${year}`,
    codePostal: line.postalCode,
  };
}

export function proofJson({ line }: Pick<NamedPerson, 'line'>): Record<string, string> {
  return { iban7: line.iban?.slice(-7) ?? '', numeroSerie: line.card?.serial ?? '' };
}

/** As far as the contact details, all accepted. */
export async function goToContact(program: Program, person: NamedPerson): Promise<void> {
  await program.ask('POST', '/dossiers', identityJson(person));
  await program.ask('POST', '/dossier/verification', proofJson(person));
  await program.ask('POST', '/dossier/conditions', { accord: true });
  await program.ask('POST', '/dossier/mot-de-passe', { motDePasse: goodPassword });
}
