import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** What came back, as a person sees it. */
export interface Seen {
  readonly url: string;
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly title: string;
  readonly headers: LightMyRequestResponse['headers'];
}

/** A file that somebody chose for a form. */
export interface ChosenFile {
  readonly field?: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Somebody with a browser without JavaScript: keeps cookies, finds the hidden `_csrf` of the page it last saw,
 * sends forms. Redirects are not followed, so that a story can say where it was sent.
 */
export class Visitor {
  #app: FastifyInstance;
  readonly #headers: Record<string, string>;
  readonly cookies = new Map<string, string>();
  /** The token of the page that it saw last. */
  csrf = '';

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  /** What it asks for from now on goes to another node of the service. */
  goTo(app: FastifyInstance): void {
    this.#app = app;
  }

  async get(url: string): Promise<Seen> {
    return this.#seen(url, await this.#app.inject({ method: 'GET', url, headers: this.#sent() }));
  }

  async post(url: string, fields: Record<string, string> = {}, { csrf = this.csrf } = {}): Promise<Seen> {
    const payload = new URLSearchParams({ ...fields, _csrf: csrf }).toString();
    const headers = { ...this.#sent(), 'content-type': 'application/x-www-form-urlencoded' };
    return this.#seen(url, await this.#app.inject({ method: 'POST', url, headers, payload }));
  }

  /** Sends a form with files, in the order of its page: the token, the fields, the files under one name. */
  async upload(
    url: string,
    fields: Record<string, string>,
    files: readonly ChosenFile[],
    { csrf = this.csrf, last = {} }: { csrf?: string; last?: Record<string, string> } = {},
  ): Promise<Seen> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ _csrf: csrf, ...fields })) form.append(name, value);
    for (const { field = 'pieces', name, bytes } of files)
      form.append(field, new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name);
    for (const [name, value] of Object.entries(last)) form.append(name, value);
    const encoded = new Response(form);
    const headers = { ...this.#sent(), 'content-type': encoded.headers.get('content-type') ?? '' };
    const payload = Buffer.from(await encoded.arrayBuffer());
    return this.#seen(url, await this.#app.inject({ method: 'POST', url, headers, payload }));
  }

  /** The same browser, as it is now, for something sent at the same time; with other headers where told. */
  twin(headers: Record<string, string> = {}): Visitor {
    const twin = new Visitor(this.#app, { ...this.#headers, ...headers });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    twin.csrf = this.csrf;
    return twin;
  }

  #sent(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { host: 'localhost', ...this.#headers, ...(cookie ? { cookie } : {}) };
  }

  #seen(url: string, response: LightMyRequestResponse): Seen {
    for (const { name, value, maxAge, expires } of response.cookies) {
      const gone = maxAge === 0 || (expires !== undefined && expires.getTime() <= 0);
      if (gone || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = response.body;
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.csrf;
    return {
      url,
      status: response.statusCode,
      location: response.headers.location ?? null,
      html,
      title: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '',
      headers: response.headers,
    };
  }
}
